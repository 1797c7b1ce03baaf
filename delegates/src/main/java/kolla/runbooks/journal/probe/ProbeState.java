package kolla.runbooks.journal.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.RunId;

/**
 * A run's probe as the programs that share the database see it.
 *
 * @param holder the program that probes
 * @param shift grows with each holder
 * @param silence how long ago the holder wrote last, by the database's clock; empty when nobody has
 * @param countsFrom from when the figures count
 * @param budgetFrom from when the budget counts
 * @param kinds what is probed; empty before anybody began
 * @param trouble why something is not probed; empty when all is
 */
public record ProbeState(
        RunId run,
        String cluster,
        Phase phase,
        Optional<String> holder,
        long shift,
        Optional<Duration> silence,
        Instant askedAt,
        Optional<Instant> endedAt,
        Instant countsFrom,
        Instant budgetFrom,
        List<String> kinds,
        String trouble) {

    public ProbeState {
        kinds = List.copyOf(kinds);
    }

    /** How far a probe is. */
    public enum Phase {
        /** A program should probe. */
        ASKED,
        /** It should stop, and take away what it made in the cloud. */
        ENDING,
        ENDED
    }

    /** Whether a program of this name may take it: nobody has it, or whoever had it is silent. */
    public boolean freeFor(String node, Duration limit) {
        return phase != Phase.ENDED
                && (holder.isEmpty()
                        || holder.get().equals(node)
                        || silence.map(s -> s.compareTo(limit) > 0).orElse(true));
    }
}
