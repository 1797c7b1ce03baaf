package kolla.runbooks.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import kolla.runbooks.journal.Lease;

/**
 * A cluster as REST shows it.
 *
 * @param lease who may change it now; absent while nobody does
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ClusterView(String cluster, Optional<Holder> lease) {

    /** The run that holds the lease. */
    public record Holder(String run, String starter, Instant since) {

        static Holder of(Lease lease) {
            return new Holder(lease.run().value(), lease.starter(), lease.since());
        }
    }
}
