package kolla.runbooks.journal;

import java.util.List;

/** Opens the journal of a step and reads what was written. */
public interface Journals {

    /**
     * @param secrets values to mask in all that is written
     * @throws FencedException when the run holds no lease (steps before the lease use {@link
     *     #unfenced})
     */
    Journal open(RunId run, String step, java.util.Collection<String> secrets);

    /** For steps that change no host: the run's log and evidence without a lease. */
    Journal unfenced(RunId run, String step, java.util.Collection<String> secrets);

    List<Action> actions(RunId run);

    /** Log lines after a sequence number, in order, at most {@code limit}. */
    List<LogLine> lines(RunId run, long after, int limit);

    List<Evidence> evidence(RunId run);
}
