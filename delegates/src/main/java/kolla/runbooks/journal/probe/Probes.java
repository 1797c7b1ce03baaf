package kolla.runbooks.journal.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.journal.RunId;

/**
 * The probes of runs and what they saw, in tables of the engine's database. Every method but {@link
 * #count} and {@link #startBudget} is a transaction of its own. All times are the database's.
 */
public interface Probes {

    /** Asks for a probe of this run; does nothing when it is asked for already. */
    void ask(RunId run, String cluster);

    /** The probe shall end; does nothing when there is none. */
    void end(RunId run);

    Optional<ProbeState> find(RunId run);

    /** Those that have not ended. */
    List<ProbeState> open();

    /**
     * Takes a probe that nobody holds, or whose holder has been silent; the older shift is refused
     * from then on.
     *
     * @return empty when somebody else was faster, or the holder lives
     */
    Optional<ProbeShift> take(RunId run, String node, List<String> kinds, Duration silence);

    /** Says that the shift goes on, and writes down what it saw; false when it is over. */
    boolean write(ProbeShift shift, ProbeBatch batch);

    /** Why something is not probed; empty when all is. */
    void trouble(ProbeShift shift, String why);

    /** The program stops: whoever wants may take the probe at once. */
    void leave(ProbeShift shift);

    /** Everything that was made for the probe is gone. */
    void ended(ProbeShift shift);

    /** The figures count from now on; in the caller's transaction. */
    void count(RunId run, Instant from);

    /** The budget counts from now on; in the caller's transaction. */
    void startBudget(RunId run, Instant from);

    /** Now, by the database's clock. */
    Instant now();

    List<ProbeSum> sums(RunId run, Instant from);

    /** The longest first; at least the longest of each kind, and those of a second or more. */
    List<ProbeGap> gaps(RunId run, Instant from);

    /** When somebody probed, in order of time. */
    List<ProbeSpan> spans(RunId run);

    List<VipMove> vipMoves(RunId run);

    /** In order of time, at most {@code limit}. */
    List<ProbeFailure> failures(RunId run, Instant from, int limit);

    /** By kind and class of size, the number of requests since the probe was asked for. */
    Map<String, Map<Integer, Long>> latencies(RunId run);

    /** What was seen, by kind and slots of so many seconds. */
    List<ProbeSlot> slots(RunId run, Instant from, long seconds);
}
