package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.VipMove;

/**
 * Decides whether a run may go on by what its clients felt:
 *
 * <ol>
 *   <li>of all requests, no more than so many percent failed. Of fewer than a thousand requests,
 *       one is more than 0.1 percent already; one failure alone spends no budget, unless none is
 *       allowed at all;
 *   <li>no kind of use was without a success for longer than allowed; while the virtual address
 *       moves, which the run announces, the longer limit holds;
 *   <li>what was not seen is not taken for good: every kind was used a moment ago, and at no time
 *       nobody probed for long.
 * </ol>
 */
public final class Budget {

    /** Every kind ends a request, well or badly, several times in this time. */
    static final Duration FRESH = Duration.ofSeconds(15);

    /** So long after its announcement a move of the address can still be felt. */
    private static final Duration MOVE = Duration.ofSeconds(60);

    /** Clocks of programs and database differ by little. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private Budget() {}

    public static Verdict decide(BudgetFigures seen, Allowance allowed) {
        List<String> spent = new ArrayList<>();
        failures(seen, allowed).ifPresent(spent::add);
        spent.addAll(gaps(seen, allowed));
        List<String> unknown = unknown(seen, allowed);
        List<String> all = new ArrayList<>(spent);
        all.addAll(unknown);
        if (!spent.isEmpty()) {
            return new Verdict.Spent(all);
        }
        return unknown.isEmpty()
                ? new Verdict.Kept(List.of(kept(seen, allowed)))
                : new Verdict.Unknown(all);
    }

    private static Optional<String> failures(BudgetFigures seen, Allowance allowed) {
        long total = seen.sums().stream().mapToLong(ProbeSum::total).sum();
        long failed = seen.sums().stream().mapToLong(ProbeSum::failed).sum();
        double percent = percent(failed, total);
        boolean one = failed <= 1 && allowed.percent() > 0;
        if (failed == 0 || one || percent <= allowed.percent()) {
            return Optional.empty();
        }
        List<String> kinds =
                seen.sums().stream()
                        .filter(s -> s.failed() > 0)
                        .sorted(Comparator.comparing(ProbeSum::failed).reversed())
                        .map(
                                s ->
                                        s.kind()
                                                + " "
                                                + s.failed()
                                                + " of "
                                                + s.total()
                                                + " from "
                                                + Words.time(s.failedFirst().orElse(seen.from()))
                                                + " to "
                                                + Words.time(s.failedLast().orElse(seen.now())))
                        .toList();
        return Optional.of(
                failed
                        + " of "
                        + total
                        + " requests failed, "
                        + Words.percent(percent)
                        + "; the budget is "
                        + Words.percent(allowed.percent())
                        + ": "
                        + String.join(", ", kinds));
    }

    private static List<String> gaps(BudgetFigures seen, Allowance allowed) {
        List<String> sentences = new ArrayList<>();
        for (String kind : seen.sums().stream().map(ProbeSum::kind).sorted().toList()) {
            seen.gaps().stream()
                    .filter(g -> g.kind().equals(kind))
                    .filter(g -> g.length().compareTo(limit(g, seen, allowed)) > 0)
                    .max(Comparator.comparing(ProbeGap::length))
                    .ifPresent(worst -> sentences.add(gap(worst, limit(worst, seen, allowed))));
        }
        return sentences;
    }

    private static String gap(ProbeGap worst, Duration limit) {
        return worst.kind()
                + ": no success for "
                + Words.seconds(worst.length())
                + " from "
                + Words.time(worst.begin())
                + "; the budget is "
                + Words.seconds(limit);
    }

    private static Duration limit(ProbeGap gap, BudgetFigures seen, Allowance allowed) {
        return seen.moves().stream().anyMatch(m -> felt(gap, m))
                ? allowed.gapWithVipMove()
                : allowed.gap();
    }

    /** Whether the gap began while the address moved. */
    static boolean felt(ProbeGap gap, VipMove move) {
        Instant begin = gap.begin();
        return !begin.isBefore(move.at().minus(SLACK)) && !begin.isAfter(move.at().plus(MOVE));
    }

    private static List<String> unknown(BudgetFigures seen, Allowance allowed) {
        if (seen.silence().compareTo(FRESH) > 0) {
            return List.of(
                    "nobody has probed for "
                            + Words.seconds(seen.silence())
                            + ", so how clients fare now is not known");
        }
        List<String> sentences = new ArrayList<>();
        for (String kind : seen.kinds()) {
            Optional<Instant> last =
                    seen.sums().stream()
                            .filter(s -> s.kind().equals(kind))
                            .map(ProbeSum::seenLast)
                            .findFirst();
            Instant since = last.orElse(seen.from());
            Duration age = Duration.between(since, seen.now());
            if (age.compareTo(FRESH) > 0) {
                sentences.add(kind + " has not been probed for " + Words.seconds(age));
            }
        }
        if (seen.unobserved().compareTo(allowed.unobserved()) > 0) {
            sentences.add(
                    "nobody probed for "
                            + Words.seconds(seen.unobserved())
                            + " at a stretch; up to "
                            + Words.seconds(allowed.unobserved())
                            + " go without a question");
        }
        return sentences;
    }

    private static String kept(BudgetFigures seen, Allowance allowed) {
        long total = seen.sums().stream().mapToLong(ProbeSum::total).sum();
        long failed = seen.sums().stream().mapToLong(ProbeSum::failed).sum();
        String gap =
                seen.gaps().stream()
                        .max(Comparator.comparing(ProbeGap::length))
                        .map(
                                g ->
                                        ", longest gap "
                                                + Words.seconds(g.length())
                                                + " ("
                                                + g.kind()
                                                + ")")
                        .orElse("");
        return failed
                + " of "
                + total
                + " requests failed since "
                + Words.time(seen.from())
                + gap
                + "; the budget is "
                + Words.percent(allowed.percent())
                + " and "
                + String.format(
                        Locale.ROOT,
                        "%s (%s while the virtual address moves)",
                        Words.seconds(allowed.gap()),
                        Words.seconds(allowed.gapWithVipMove()));
    }

    static double percent(long failed, long total) {
        return total == 0 ? 0 : 100.0 * failed / total;
    }
}
