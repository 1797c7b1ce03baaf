package kolla.runbooks.steps;

import java.time.Duration;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.PlanRecord;

/** Writes a plan down for its approver, and says whether an approved one still holds. */
final class Asking {

    /** A string variable of the engine holds 4000 characters. */
    private static final int TEXT_LIMIT = 3900;

    private Asking() {}

    /** Writes the plan down and sets the variables that the approval shows and needs. */
    static void about(StepCall call, String digest, String json, String text) {
        PlanRecord record = call.environment().plans().record(call.run(), digest, json, text);
        call.set(Variable.PLAN_DIGEST, record.digest());
        call.set(Variable.PLAN_TEXT, cut(text));
        Duration expiry = call.environment().approvalExpiry();
        call.set(Variable.APPROVAL_EXPIRY, expiry.toString());
        call.set(Variable.APPROVAL_REMINDER, expiry.multipliedBy(3).dividedBy(4).toString());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "plan version " + record.version() + ", digest " + record.digest());
    }

    /** Whether the plan that was just made is an approved one; says so in the log. */
    static void confirm(StepCall call, String digest) {
        boolean holds =
                call.environment().plans().approvals(call.run()).stream()
                        .filter(Approval::approved)
                        .map(Approval::digest)
                        .anyMatch(digest::equals);
        call.set(Variable.PLAN_HOLDS, holds);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        holds
                                ? "the approved plan still holds"
                                : "what is seen has changed since the plan was approved; the"
                                        + " approval is void and asked again");
    }

    private static String cut(String text) {
        return text.length() <= TEXT_LIMIT
                ? text
                : text.substring(0, TEXT_LIMIT - 40) + "\n… the rest stands in the whole plan.";
    }
}
