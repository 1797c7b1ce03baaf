package kolla.runbooks.steps;

import java.time.Duration;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.PlanText;

/** Writes down what a person is asked, and says whether an approved plan still holds. */
final class Asking {

    /** A string variable of the engine holds 4000 characters. */
    private static final int TEXT_LIMIT = 3900;

    private static final int FULL_TEXT_LIMIT = 200_000;

    private Asking() {}

    /** Writes a plan down, or a question in the form of one, with its table and differences. */
    static PlanRecord about(StepCall call, Plan plan) {
        return write(
                call,
                plan.digest(),
                plan.json(),
                PlanText.of(plan, FULL_TEXT_LIMIT),
                PlanText.of(plan, TEXT_LIMIT));
    }

    /** Writes a plan of another kind down. */
    static PlanRecord about(StepCall call, String digest, String json, String text) {
        return write(call, digest, json, text, cut(text));
    }

    /** With the variables that the approval shows and needs, how long it waits among them. */
    private static PlanRecord write(
            StepCall call, String digest, String json, String whole, String text) {
        PlanRecord record = call.environment().plans().record(call.run(), digest, json, whole);
        call.set(Variable.PLAN_DIGEST, record.digest());
        call.set(Variable.PLAN_TEXT, text);
        Duration expiry = call.environment().approvalExpiry();
        call.set(Variable.APPROVAL_EXPIRY, expiry.toString());
        call.set(Variable.APPROVAL_REMINDER, expiry.multipliedBy(3).dividedBy(4).toString());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "plan version " + record.version() + ", digest " + record.digest());
        return record;
    }

    /** Whether the plan that was just made is an approved one; says so in the log. */
    static boolean confirm(StepCall call, String digest) {
        boolean holds =
                call.environment().plans().approvals(call.run()).stream()
                        .filter(Approval::approved)
                        .map(Approval::digest)
                        .anyMatch(digest::equals);
        call.set(Variable.PLAN_HOLDS, holds);
        if (holds) {
            call.journal().log(ActionId.CLUSTER, "the approved plan still holds");
        } else {
            call.journal()
                    .warn(
                            ActionId.CLUSTER,
                            "the plan has changed since it was approved; the approval is void and"
                                    + " asked again");
        }
        return holds;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_LIMIT
                ? text
                : text.substring(0, TEXT_LIMIT - 40) + "\n… the rest stands in the whole plan.";
    }
}
