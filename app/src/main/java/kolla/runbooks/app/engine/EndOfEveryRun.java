package kolla.runbooks.app.engine;

import java.util.List;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.listener.DelegateExpressionExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * What a diagram names as listener at the end of its process hears of every end. Whoever cancels an
 * instance may ask the engine to skip the listeners (in Cockpit the box is ticked), and the lease
 * would never be given back; built-in listeners are never skipped. At an ordinary end the listener
 * is called twice, and has to bear it.
 */
final class EndOfEveryRun extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element process, ProcessDefinitionEntity definition) {
        Element extensions = process.element("extensionElements");
        if (extensions == null) {
            return;
        }
        ExpressionManager expressions =
                Context.getProcessEngineConfiguration().getExpressionManager();
        for (Element listener :
                extensions.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "executionListener")) {
            String bean = listener.attribute("delegateExpression");
            if (bean != null
                    && ExecutionListener.EVENTNAME_END.equals(listener.attribute("event"))) {
                definition.addBuiltInListener(
                        ExecutionListener.EVENTNAME_END,
                        new DelegateExpressionExecutionListener(
                                expressions.createExpression(bean), List.of()));
            }
        }
    }
}
