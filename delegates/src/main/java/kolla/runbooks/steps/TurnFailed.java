package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Masker;
import org.camunda.bpm.engine.delegate.BpmnError;

/**
 * A host's turn that did not come to its end: not an incident that only a retry mends, but a
 * question, because there is a way back as well.
 */
final class TurnFailed {

    static final String CODE = "turnFailed";

    private static final int LONGEST = 500;
    private static final int LINES = 5;

    private TurnFailed() {}

    /**
     * What is to be thrown: a failure of the moment as it is, so that the engine tries again; at
     * its last attempt that, too, is a question.
     */
    static RuntimeException of(StepCall call, RunbookFailure failure) {
        if (failure.remedy() != RunbookFailure.Remedy.PERSON && attemptsAreLeft(call)) {
            return failure;
        }
        Step.report(call.journal(), failure);
        Masker masker = new Masker(Step.secrets(call.environment(), call.clusterName()));
        return new BpmnError(CODE, words(failure, masker), failure);
    }

    /**
     * The sentence, and below it the last lines of what was seen; a host's words hide no secret.
     */
    static String words(RunbookFailure failure, Masker masker) {
        List<String> seen = failure.evidence();
        List<String> lines = new ArrayList<>(List.of(failure.headline()));
        lines.addAll(seen.subList(Math.max(0, seen.size() - LINES), seen.size()));
        return lines.stream()
                .map(masker::mask)
                .map(l -> l.substring(0, Math.min(LONGEST, l.length())))
                .collect(Collectors.joining("\n"));
    }

    /** A host's turn has one job at a time: the one that is being executed. */
    private static boolean attemptsAreLeft(StepCall call) {
        return call
                .execution()
                .getProcessEngineServices()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(call.execution().getProcessInstanceId())
                .list()
                .stream()
                .anyMatch(job -> job.getRetries() > 1);
    }
}
