package kolla.runbooks.app.wiring;

import java.util.HashMap;
import kolla.runbooks.steps.StepEnvironment;
import kolla.runbooks.steps.Steps;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.springframework.stereotype.Component;

/**
 * Gives the engine the steps, and nothing else: expressions in a process can name these beans and
 * no other object of the program.
 */
@Component
class StepBeans extends AbstractProcessEnginePlugin {

    private final StepEnvironment environment;

    StepBeans(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        // Replaces the expression manager that Spring has set already, which resolves every bean.
        configuration.setExpressionManager(
                new JuelExpressionManager(new HashMap<>(Steps.all(environment))));
    }
}
