package kolla.runbooks.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * Stand-ins for the beans that the diagrams name. Each call is recorded in order, with the service
 * or the hosts that it was about; what a step does is said by the test. Safe for the threads of the
 * job executor, which is why these are beans of the engine and not the thread-bound {@code Mocks}.
 */
final class StandIns {

    private final Map<Object, Object> beans = new ConcurrentHashMap<>();
    private final Map<String, JavaDelegate> behaviours = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    StandIns() {
        for (String step :
                List.of(
                        "takeLease",
                        "checkHosts",
                        "planDeployment",
                        "confirmPlan",
                        "pullImages",
                        "splitWave",
                        "verifyHighAvailability",
                        "writeReport",
                        "remindApprovers",
                        "prepareService",
                        "convergeBatch",
                        "finishService",
                        "lookAtGalera",
                        "haltGalera",
                        "confirmRecovery",
                        "keepGaleraData",
                        "makePrimary",
                        "joinGaleraNode",
                        "verifyRecovery",
                        "planBackup",
                        "copyBackup",
                        "prepareBackup",
                        "queryBackup",
                        "deleteOldBackups",
                        "planRestore",
                        "confirmRestore",
                        "stageRestore",
                        "swapData",
                        "startRestored",
                        "joinRestored",
                        "verifyRestore",
                        "planRestart",
                        "confirmRestart",
                        "verifyService",
                        "startProbe",
                        "checkBudget",
                        "stopProbe",
                        "fetchTarget",
                        "planUpgrade",
                        "confirmUpgrade",
                        "findBackup",
                        "prepareServices",
                        "expandSchemas",
                        "judgeTurn",
                        "listTurn",
                        "convergeTurn",
                        "verifyTurn",
                        "finishServices",
                        "contractSchemas",
                        "planMaintenance",
                        "confirmMaintenance",
                        "takeServiceOut",
                        "verifyHostOut",
                        "remindOperators",
                        "bringServiceBack",
                        "planRotation",
                        "confirmRotation",
                        "rotateKeys",
                        "planPreparation",
                        "confirmPreparation",
                        "prepareHost",
                        "verifyPreparation",
                        "planMembers",
                        "confirmMembers",
                        "prepareMember",
                        "forgetGone",
                        "spreadCopies",
                        "takeMemberOut",
                        "forgetLeft",
                        "verifyJoined",
                        "clearMember",
                        "verifyMembers",
                        "writeInventory")) {
            beans.put(step, (JavaDelegate) execution -> call(step, execution));
        }
        for (String listener : List.of("registerRun", "noteResult", "endRun")) {
            beans.put(listener, (ExecutionListener) execution -> call(listener, execution));
        }
        for (String listener :
                List.of("approvalRequested", "approvalGiven", "holdBegun", "holdEnded")) {
            beans.put(listener, (TaskListener) task -> call(listener, task));
        }
    }

    /** What the engine resolves the names in the diagrams against. */
    Map<Object, Object> beans() {
        return beans;
    }

    /** From now on the step does this, after it has been recorded. */
    void when(String step, JavaDelegate behaviour) {
        behaviours.put(step, behaviour);
    }

    /** From now on the step fails with this message. */
    void fail(String step, String message) {
        when(
                step,
                execution -> {
                    throw new IllegalStateException(message);
                });
    }

    /** All calls so far, in their order, for example {@code convergeBatch mariadb ctl1}. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The recorded calls of the named steps only. */
    List<String> calls(String... steps) {
        return calls.stream().filter(call -> List.of(steps).contains(call.split(" ")[0])).toList();
    }

    void reset() {
        calls.clear();
        behaviours.clear();
    }

    private void call(String step, DelegateExecution execution) throws Exception {
        calls.add(
                step
                        + detail(execution, "service")
                        + detail(execution, "batch")
                        + detail(execution, "joiner")
                        + detail(execution, "turn"));
        JavaDelegate behaviour = behaviours.get(step);
        if (behaviour != null) {
            behaviour.execute(execution);
        }
    }

    private void call(String step, DelegateTask task) {
        calls.add(step);
        JavaDelegate behaviour = behaviours.get(step);
        if (behaviour != null) {
            try {
                behaviour.execute(task.getExecution());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String detail(DelegateExecution execution, String variable) {
        Object value = execution.getVariable(variable);
        return value == null ? "" : " " + value;
    }

    /** A list as a process variable keeps it: Spin writes the type's name, so it must be public. */
    static List<String> variable(String... values) {
        return new ArrayList<>(List.of(values));
    }
}
