package kolla.runbooks.app.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.BeanFactory;

/**
 * Makes the bean {@code endRun} hear of the end of every process instance. The diagram names it as
 * a listener too, but whoever cancels an instance may ask the engine to skip those (in Cockpit the
 * box is ticked), and the lease would never be given back; built-in listeners are never skipped.
 */
final class EndOfEveryRun extends AbstractBpmnParseListener {

    private static final String BEAN = "endRun";

    private final BeanFactory beans;

    EndOfEveryRun(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void parseProcess(Element process, ProcessDefinitionEntity definition) {
        definition.addBuiltInListener(
                ExecutionListener.EVENTNAME_END, (ExecutionListener) this::ended);
    }

    /** The bean is looked up late: steps are wired after the engine. */
    private void ended(DelegateExecution execution) throws Exception {
        if (beans.containsBean(BEAN)) {
            beans.getBean(BEAN, ExecutionListener.class).notify(execution);
        }
    }
}
