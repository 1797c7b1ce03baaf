package kolla.runbooks.app.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;

/** From what the engine and the steps throw to the answer. */
public final class Failures {

    private static final Map<String, Integer> STATUS =
            Map.of(
                    "KR-APPROVAL-001", 403,
                    "KR-APPROVAL-002", 403,
                    "KR-APPROVAL-003", 409,
                    "KR-APPROVAL-004", 422,
                    "KR-APPROVAL-006", 422,
                    "KR-HOLD-001", 403,
                    "KR-LEASE-001", 409);

    private Failures() {}

    /** The answer that a failure stands for; empty when it is nothing that anybody foresaw. */
    public static Optional<Problem> known(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ProblemException p) {
                return Optional.of(p.problem());
            }
            if (t instanceof RunbookFailure f) {
                return Optional.of(of(f));
            }
            if (t instanceof AuthorizationException) {
                return Optional.of(
                        Problem.of(
                                ErrorCode.NOT_ALLOWED,
                                "Your groups do not allow this: " + t.getMessage(),
                                List.of()));
            }
            if (t instanceof OptimisticLockingException) {
                return Optional.of(
                        Problem.of(
                                ErrorCode.NOT_NOW,
                                "The run moved on at this very moment; look at its state again",
                                List.of()));
            }
        }
        return Optional.empty();
    }

    private static Problem of(RunbookFailure failure) {
        int otherwise = failure.code().startsWith("KR-APPROVAL-") ? 409 : 422;
        return Problem.of(
                failure.code(),
                STATUS.getOrDefault(failure.code(), otherwise),
                "Refused",
                failure.sentence(),
                failure.host(),
                List.of());
    }

    /** Whether {@code type} stands anywhere among the causes. */
    public static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
