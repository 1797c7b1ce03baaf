package kolla.runbooks.app.wiring;

import java.util.Map;
import kolla.runbooks.app.engine.NamedInDiagrams;
import kolla.runbooks.steps.StepEnvironment;
import kolla.runbooks.steps.Steps;
import org.springframework.stereotype.Component;

/** Gives the engine the steps, and nothing else of the program. */
@Component
class StepBeans implements NamedInDiagrams {

    private final StepEnvironment environment;

    StepBeans(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, Object> beans() {
        return Map.copyOf(Steps.all(environment));
    }
}
