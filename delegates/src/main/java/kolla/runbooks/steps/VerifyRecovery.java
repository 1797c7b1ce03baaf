package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Looks whether the database is one and whole, whether all members hold the same, and whether the
 * services that keep their data in it are back.
 */
final class VerifyRecovery extends GaleraStep {

    /** Services notice at their next use that their connections broke. */
    private static final Duration CONSUMERS = Duration.ofSeconds(90);

    VerifyRecovery(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        List<String> absent = absent(call);
        List<String> wrongs = recovery.verify(context, absent);
        if (!wrongs.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-RECOVERY-015", "the database is not whole: " + wrongs.get(0), wrongs);
        }
        List<String> missing = consumers(call, context, absent);
        if (!missing.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-RECOVERY-016",
                    "the database is whole, but who uses it is not back: " + missing.get(0),
                    missing);
        }
    }

    /** Without a plan nothing was missing. */
    private List<String> absent(StepCall call) {
        return environment()
                .plans()
                .newest(call.run())
                .map(PlanRecord::json)
                .map(RecoveryPlan::parse)
                .map(RecoveryPlan::absent)
                .orElse(List.of());
    }

    private List<String> consumers(StepCall call, RolloutContext context, List<String> absent) {
        AtomicReference<List<Finding>> latest = new AtomicReference<>(List.of());
        environment()
                .patience()
                .until(
                        CONSUMERS,
                        () -> {
                            latest.set(look(context));
                            return bad(latest.get(), absent).isEmpty()
                                    ? Optional.of(true)
                                    : Optional.empty();
                        });
        for (Finding finding : latest.get()) {
            call.journal()
                    .log(
                            finding.host().orElse(ActionId.CLUSTER),
                            (finding.good() ? "ok  " : "BAD ") + finding.sentence());
        }
        return bad(latest.get(), absent);
    }

    /** What concerns an absent host alone is expected. */
    private static List<String> bad(List<Finding> findings, List<String> absent) {
        return findings.stream()
                .filter(f -> !f.good())
                .filter(
                        f ->
                                absent.isEmpty()
                                        || f.host().filter(h -> !absent.contains(h)).isPresent())
                .map(Finding::sentence)
                .toList();
    }

    private List<Finding> look(RolloutContext context) {
        List<Finding> findings = new ArrayList<>();
        for (DesiredService service : context.deployment().services()) {
            if (service.database().isPresent()) {
                findings.addAll(
                        environment().rollouts().of(service).verify(context.about(service)));
            }
        }
        return findings;
    }
}
