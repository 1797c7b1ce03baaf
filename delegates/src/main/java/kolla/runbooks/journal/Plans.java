package kolla.runbooks.journal;

import java.util.List;
import java.util.Optional;

/** Plans and what people decided about them. */
public interface Plans {

    /**
     * Writes a plan as the next version, unless the newest has the same digest; returns the newest.
     */
    PlanRecord record(RunId run, String digest, String json, String text);

    Optional<PlanRecord> newest(RunId run);

    /** A plan that was shown, by its number within the run. */
    Optional<PlanRecord> version(RunId run, int version);

    void decided(Approval approval);

    List<Approval> approvals(RunId run);
}
