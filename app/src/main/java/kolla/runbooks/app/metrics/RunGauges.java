package kolla.runbooks.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kolla.runbooks.app.runs.RunState;
import kolla.runbooks.app.runs.RunStatus;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.Leases;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * {@code runbooks_runs{state}}: how many of the newest thousand runs are in a state, and {@code
 * runbooks_lease_held_seconds{cluster,run,starter}}: for how long a run has had the right to change
 * a cluster, and {@code runbooks_last_success_seconds{cluster,runbook}}: how long ago a runbook
 * last succeeded, which for {@code mariadb-backup} is the age of the newest verified backup. Looked
 * up every ten seconds, not at each scrape.
 */
@Component
public class RunGauges {

    private static final int NEWEST = 1000;

    private final RunStatuses statuses;
    private final Leases leases;
    private final MultiGauge runs;
    private final MultiGauge held;
    private final MultiGauge succeeded;
    private final Clock clock = Clock.systemUTC();

    public RunGauges(RunStatuses statuses, Leases leases, MeterRegistry meters) {
        this.statuses = statuses;
        this.leases = leases;
        this.runs =
                MultiGauge.builder("runbooks.runs")
                        .description("Runs by state, among the newest " + NEWEST)
                        .register(meters);
        this.succeeded =
                MultiGauge.builder("runbooks.last.success")
                        .description("How long ago a runbook last succeeded on a cluster")
                        .baseUnit("seconds")
                        .register(meters);
        this.held =
                MultiGauge.builder("runbooks.lease.held")
                        .description("How long a run has held the lease of a cluster")
                        .baseUnit("seconds")
                        .register(meters);
    }

    @Scheduled(fixedDelay = 10_000)
    public void look() {
        List<RunStatus> newest =
                statuses.list(Optional.empty(), Optional.empty(), Optional.empty(), NEWEST);
        Map<RunState, Long> counts =
                newest.stream()
                        .collect(Collectors.groupingBy(RunStatus::state, Collectors.counting()));
        runs.register(
                Arrays.stream(RunState.values())
                        .map(s -> Row.of(Tags.of("state", s.name()), counts.getOrDefault(s, 0L)))
                        .collect(Collectors.toList()),
                true);
        Instant now = clock.instant();
        Function<Lease, Row<?>> row = lease -> row(lease, now);
        List<Row<?>> rows = leases.all().stream().map(row).toList();
        held.register(rows, true);
        succeeded.register(successes(newest, now), true);
    }

    /** A row for each cluster and runbook. */
    private static List<Row<?>> successes(List<RunStatus> newest, Instant now) {
        Map<Tags, Instant> latest = new HashMap<>();
        for (RunStatus status : newest) {
            if (status.state() == RunState.SUCCEEDED) {
                Tags tags =
                        Tags.of(
                                "cluster",
                                status.run().cluster(),
                                "runbook",
                                status.run().runbook());
                status.run()
                        .endedAt()
                        .ifPresent(at -> latest.merge(tags, at, (a, b) -> a.isAfter(b) ? a : b));
            }
        }
        List<Row<?>> rows = new ArrayList<>();
        latest.forEach((tags, at) -> rows.add(Row.of(tags, Duration.between(at, now).toSeconds())));
        return rows;
    }

    private static Row<?> row(Lease lease, Instant now) {
        return Row.of(
                Tags.of(
                        "cluster",
                        lease.cluster(),
                        "run",
                        lease.run().value(),
                        "starter",
                        lease.starter()),
                Duration.between(lease.since(), now).toSeconds());
    }
}
