package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.Finding;

/**
 * Looks whether every service is highly available now. Load balancers and clusters need some
 * seconds after the last change to see each other, so a bad finding is looked at again until the
 * limit.
 */
final class VerifyHighAvailability extends Step {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    VerifyHighAvailability(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.deployment();
        AtomicReference<List<Finding>> latest = new AtomicReference<>(List.of());
        environment()
                .patience()
                .until(
                        LIMIT,
                        () -> {
                            latest.set(look(call, deployment));
                            return anyBad(latest.get())
                                    ? Optional.empty()
                                    : Optional.of(latest.get());
                        });
        List<Finding> findings = latest.get();
        for (Finding finding : findings) {
            call.journal()
                    .log(
                            finding.host().orElse(ActionId.CLUSTER),
                            (finding.good() ? "ok  " : "BAD ") + finding.sentence());
        }
        call.journal()
                .evidence(
                        ActionId.CLUSTER,
                        "verification",
                        String.join("\n", findings.stream().map(Finding::toString).toList()));
        if (anyBad(findings)) {
            List<String> bad =
                    findings.stream()
                            .filter(f -> !f.good())
                            .map(
                                    f ->
                                            f.code()
                                                    + f.host().map(h -> " " + h).orElse("")
                                                    + ": "
                                                    + f.sentence())
                            .toList();
            throw RunbookFailure.person(
                    "KR-VERIFY-001",
                    "the cluster is not highly available: " + String.join("; ", bad),
                    bad);
        }
    }

    private static boolean anyBad(List<Finding> findings) {
        return findings.stream().anyMatch(f -> !f.good());
    }

    private List<Finding> look(StepCall call, Deployment deployment) {
        List<Finding> findings = new ArrayList<>();
        for (DesiredService service : deployment.services()) {
            findings.addAll(
                    environment().rollouts().of(service).verify(call.context(deployment, service)));
        }
        return findings;
    }
}
