package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.maintenance.Acceptance;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Looks whether services are as they should be. Load balancers and clusters need some seconds after
 * a change to see each other, so a bad finding is looked at again until the limit. What the run's
 * parameter {@code acceptViolations} names is told and not counted.
 */
final class Verification {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Verification() {}

    /** What the run's starter named and its plan shows. */
    static Acceptance accepted(StepCall call) {
        return call.parameter("acceptViolations").map(Acceptance::of).orElse(Acceptance.NOTHING);
    }

    /** Every service of the deployment, as it is now. */
    static List<Finding> look(StepCall call, Deployment deployment) {
        return look(call, deployment, c -> c);
    }

    /**
     * The same, where something is different for now.
     *
     * @param now what each service's context is at the moment
     */
    static List<Finding> look(
            StepCall call, Deployment deployment, UnaryOperator<RolloutContext> now) {
        List<Finding> findings = new ArrayList<>();
        for (DesiredService service : deployment.services()) {
            findings.addAll(
                    call.environment()
                            .rollouts()
                            .of(service)
                            .verify(now.apply(call.context(deployment, service))));
        }
        return findings;
    }

    /**
     * @throws RunbookFailure {@code KR-VERIFY-001} with everything that is still bad at the end
     */
    static void await(StepCall call, Supplier<List<Finding>> look) {
        Acceptance accepted = accepted(call);
        AtomicReference<List<Finding>> latest = new AtomicReference<>(List.of());
        call.environment()
                .patience()
                .until(
                        LIMIT,
                        () -> {
                            latest.set(look.get());
                            return bad(latest.get(), accepted).isEmpty()
                                    ? Optional.of(true)
                                    : Optional.empty();
                        });
        List<Finding> findings = latest.get();
        for (Finding finding : findings) {
            call.journal()
                    .log(
                            finding.host().orElse(ActionId.CLUSTER),
                            word(finding, accepted) + finding.sentence());
        }
        call.journal()
                .evidence(
                        ActionId.CLUSTER,
                        "verification",
                        String.join("\n", findings.stream().map(Finding::toString).toList()));
        List<String> bad =
                bad(findings, accepted).stream()
                        .map(f -> Acceptance.name(f) + ": " + f.sentence())
                        .toList();
        if (!bad.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-VERIFY-001",
                    "the cluster is not highly available: " + String.join("; ", bad),
                    bad);
        }
    }

    private static String word(Finding finding, Acceptance accepted) {
        if (finding.good()) {
            return "ok  ";
        }
        return accepted.covers(finding) ? "BAD, accepted: " : "BAD ";
    }

    private static List<Finding> bad(List<Finding> findings, Acceptance accepted) {
        return findings.stream().filter(f -> !f.good() && !accepted.covers(f)).toList();
    }
}
