package kolla.runbooks.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;

/**
 * Asks for a probe and waits until every kind of use has succeeded a few times; the figures count
 * from then on. {@code KR-PROBE-001}: a kind never succeeded, {@code KR-PROBE-002}: no program took
 * the probe.
 */
final class StartProbe extends ProbeStep {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int SUCCESSES = 3;
    private static final int FAILURES = 500;

    StartProbe(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void unwatched(StepCall call) {
        call.journal()
                .warn(ActionId.CLUSTER, "probe = off: nobody watches how clients fare in this run");
    }

    @Override
    void watched(StepCall call) {
        allowance(call);
        Probes probes = watching().probes();
        Instant asked = probes.now();
        probes.ask(call.run(), call.clusterName());
        AtomicReference<List<String>> missing = new AtomicReference<>(List.of());
        Optional<ProbeState> ready =
                environment()
                        .patience()
                        .until(
                                LIMIT,
                                () -> {
                                    ProbeState state = state(call);
                                    missing.set(missing(call, state, asked));
                                    return state.kinds().isEmpty() || !missing.get().isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(state);
                                });
        if (ready.isEmpty()) {
            throw failure(call, missing.get(), asked);
        }
        probes.count(call.run(), probes.now());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "program "
                                + ready.get().holder().orElse("?")
                                + " uses the cloud and counts: "
                                + String.join(", ", ready.get().kinds()));
    }

    private ProbeState state(StepCall call) {
        return watching().probes().find(call.run()).orElseThrow();
    }

    private List<String> missing(StepCall call, ProbeState state, Instant since) {
        List<ProbeSum> sums = watching().probes().sums(call.run(), since);
        return state.kinds().stream()
                .filter(
                        kind ->
                                sums.stream()
                                        .noneMatch(
                                                s ->
                                                        s.kind().equals(kind)
                                                                && s.total() - s.failed()
                                                                        >= SUCCESSES))
                .toList();
    }

    private RunbookFailure failure(StepCall call, List<String> missing, Instant since) {
        ProbeState state = state(call);
        if (state.kinds().isEmpty()) {
            return RunbookFailure.person(
                    "KR-PROBE-002",
                    "no program has begun to probe within "
                            + LIMIT.toSeconds()
                            + " s (runbooks.probe.enabled is true by default)",
                    List.of());
        }
        Deployment deployment = call.deployment();
        List<String> places =
                watching()
                        .cloud()
                        .places(call.run(), call.context(deployment, deployment.services().get(0)));
        List<ProbeFailure> failures = watching().probes().failures(call.run(), since, FAILURES);
        List<String> evidence = new ArrayList<>();
        if (!state.trouble().isEmpty()) {
            evidence.add(state.trouble());
        }
        missing.forEach(
                kind ->
                        evidence.add(
                                places.stream()
                                                .filter(p -> p.startsWith(kind + " at "))
                                                .findFirst()
                                                .orElse(kind)
                                        + ": "
                                        + last(failures, kind)));
        return RunbookFailure.person(
                "KR-PROBE-001",
                "the probe on program "
                        + state.holder().orElse("?")
                        + " cannot use the cloud: "
                        + String.join("; ", evidence)
                        + ". Clients' addresses have to be reachable from there; or start the run"
                        + " with probe = off, and nobody watches",
                evidence);
    }

    private static String last(List<ProbeFailure> failures, String kind) {
        return failures.stream()
                .filter(f -> f.kind().equals(kind))
                .reduce((first, second) -> second)
                .map(ProbeFailure::sentence)
                .orElse("not tried");
    }
}
