package kolla.runbooks.app.api;

import java.time.Instant;
import kolla.runbooks.journal.Approval;

/** A decision about a plan. */
public record ApprovalView(
        String planDigest, String person, String decision, String comment, Instant at) {

    public static ApprovalView of(Approval approval) {
        return new ApprovalView(
                approval.digest(),
                approval.person(),
                approval.approved() ? "approve" : "reject",
                approval.comment(),
                approval.at());
    }
}
