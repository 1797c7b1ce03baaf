package kolla.runbooks.journal;

import java.util.List;
import java.util.Optional;

/** Leases on clusters. Safe across programs that share the database. */
public interface Leases {

    /**
     * Takes the lease, or returns it when the run has it already.
     *
     * @throws kolla.runbooks.failure.RunbookFailure {@code KR-LEASE-001} when another run holds it;
     *     says which, started by whom, since when
     */
    Lease take(String cluster, RunId run, String starter);

    Optional<Lease> holder(String cluster);

    List<Lease> all();

    /** Gives the lease back; nothing happens when the run does not hold it. */
    void release(RunId run);

    /** A dead program's runs move on: their fences grow, so that the dead one can write no more. */
    void fence(List<RunId> runs);
}
