package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.VipMove;

/**
 * What the budget is decided by.
 *
 * @param from since when it counts
 * @param now the moment of the decision
 * @param kinds all that should be probed
 * @param moves of the virtual address, as the run announced them
 * @param silence how long ago the program that probes wrote last
 * @param unobserved the longest time in which nobody probed
 */
public record BudgetFigures(
        Instant from,
        Instant now,
        List<String> kinds,
        List<ProbeSum> sums,
        List<ProbeGap> gaps,
        List<VipMove> moves,
        Duration silence,
        Duration unobserved) {

    public BudgetFigures {
        kinds = List.copyOf(kinds);
        sums = List.copyOf(sums);
        gaps = List.copyOf(gaps);
        moves = List.copyOf(moves);
    }
}
