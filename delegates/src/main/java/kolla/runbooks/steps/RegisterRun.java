package kolla.runbooks.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.parameters.Parameter;
import kolla.runbooks.parameters.Parameters;
import kolla.runbooks.parameters.Wrong;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * Listener at the start of every runbook, in the transaction that starts it: checks what was asked
 * for, whichever way it came, and registers the run. When it throws, nothing has been started.
 *
 * <p>{@code KR-RUN-001}: a field is not right (evidence has a line for each); {@code KR-RUN-002}:
 * nobody is logged in.
 */
final class RegisterRun implements ExecutionListener {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int RANDOM_CHARACTERS = 8;
    private static final Set<String> COMMON =
            Set.of(Variable.CLUSTER, Variable.TICKET, Variable.REASON);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StepEnvironment environment;
    private final SecureRandom random = new SecureRandom();

    RegisterRun(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String runbook = execution.getProcessDefinitionId().split(":", 2)[0];
        RunRequest request =
                new RunRequest(
                        runbook,
                        text(execution, Variable.CLUSTER),
                        text(execution, Variable.TICKET),
                        text(execution, Variable.REASON));
        List<Parameter> declared = declared(execution);
        ObjectNode given = given(execution);
        List<Wrong> wrongs = new ArrayList<>(request.wrongs(environment.clusters().names()));
        wrongs.addAll(Parameters.wrongs(declared, given, ""));
        if (!wrongs.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-RUN-001",
                    "the request is not right: " + wrongs.get(0),
                    wrongs.stream().map(Wrong::toString).toList());
        }
        register(execution, request, Parameters.canonical(declared, given), starter(execution));
    }

    /** What the runbook's own form asks for besides the fields of every run. */
    private static List<Parameter> declared(DelegateExecution execution) {
        return StartForms.inputs(
                        execution.getProcessEngineServices().getFormService(),
                        execution.getProcessDefinitionId())
                .stream()
                .filter(p -> !COMMON.contains(p.name()))
                .toList();
    }

    /** Every other variable that the run was started with, whether the form knows it or not. */
    private static ObjectNode given(DelegateExecution execution) {
        Map<String, Object> variables = new TreeMap<>(execution.getVariables());
        variables.keySet().removeAll(COMMON);
        return JSON.valueToTree(variables);
    }

    private void register(
            DelegateExecution execution, RunRequest request, String parameters, String starter) {
        RunId id = newId(request.runbook());
        environment
                .runs()
                .register(
                        new Run(
                                id,
                                request.cluster(),
                                request.runbook(),
                                request.ticket(),
                                request.reason(),
                                parameters,
                                starter,
                                Optional.of(execution.getProcessInstanceId()),
                                environment.clock().instant(),
                                Optional.empty(),
                                Optional.empty()));
        execution.setProcessBusinessKey(request.ticket());
        execution.setVariable(Variable.RUN_ID, id.value());
        execution.setVariable(Variable.STARTER, starter);
    }

    private static String starter(DelegateExecution execution) {
        Authentication who =
                execution
                        .getProcessEngineServices()
                        .getIdentityService()
                        .getCurrentAuthentication();
        if (who == null || who.getUserId() == null) {
            throw RunbookFailure.person(
                    "KR-RUN-002", "nobody is logged in; a run needs a starter", List.of());
        }
        return who.getUserId();
    }

    private RunId newId(String runbook) {
        StringBuilder id = new StringBuilder(runbook).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunId(id.toString());
    }

    private static String text(DelegateExecution execution, String name) {
        Object value = execution.getVariable(name);
        return value == null ? "" : value.toString().strip();
    }
}
