package kolla.runbooks.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;

/**
 * Waits for a container to serve. Docker looks only every 30 s by Kolla's convention, so the health
 * check is run from here, at once and then every second. A container without one has to keep
 * running for three looks.
 */
public final class HealthWait {

    private static final int STEADY_LOOKS = 3;
    private static final Duration ONE_CHECK = Duration.ofSeconds(20);

    private final Patience patience;

    public HealthWait(Patience patience) {
        this.patience = patience;
    }

    void await(RolloutContext context, Host host, String container, Duration limit) {
        ContainerEngine engine = context.engine(host);
        Instant end = patience.clock().instant().plus(limit);
        String last = "";
        int steady = 0;
        int restarts = -1;
        while (patience.clock().instant().isBefore(end)) {
            Optional<ContainerState> seen = engine.inspect(container);
            restarts = failWhenEnded(engine, host, container, seen, restarts);
            if (seen.isPresent() && seen.get().running()) {
                Optional<List<String>> check = seen.get().spec().health().map(HealthWait::argv);
                if (check.isEmpty()) {
                    steady++;
                } else {
                    ContainerEngine.ExecResult result =
                            engine.exec(
                                    container, check.get(), Map.of(), Optional.empty(), ONE_CHECK);
                    if (result.ok()) {
                        return;
                    }
                    last = (result.out() + " " + result.err()).strip();
                }
            } else {
                steady = 0;
            }
            if (steady >= STEADY_LOOKS) {
                return;
            }
            patience.rest();
        }
        List<String> evidence = new ArrayList<>(List.of("last answer of its check: " + last));
        evidence.addAll(engine.logs(container, 15));
        throw RunbookFailure.person(
                "KR-ROLLOUT-003",
                host.name(),
                "the container "
                        + container
                        + " is not healthy after "
                        + limit.toSeconds()
                        + " s; its check says: "
                        + (last.isEmpty() ? "nothing" : last),
                evidence.toArray(String[]::new));
    }

    /** A container that ended with nothing to start it again, or that ends over and over. */
    private static int failWhenEnded(
            ContainerEngine engine,
            Host host,
            String container,
            Optional<ContainerState> seen,
            int restartsBefore) {
        ContainerState state =
                seen.orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-ROLLOUT-002",
                                        host.name(),
                                        "the container " + container + " is gone"));
        int base = restartsBefore < 0 ? state.restarts() : restartsBefore;
        boolean endedForGood =
                !state.running()
                        && state.exitCode().isPresent()
                        && state.spec().restartPolicy().equals("no");
        if (endedForGood || state.restarts() - base >= 4) {
            throw RunbookFailure.person(
                    "KR-ROLLOUT-002",
                    host.name(),
                    "the container "
                            + container
                            + " ended with "
                            + state.exitCode().map(String::valueOf).orElse("an unknown code")
                            + " instead of running; its last words are in the evidence",
                    engine.logs(container, 20).toArray(String[]::new));
        }
        return base;
    }

    private static List<String> argv(ContainerSpec.Health health) {
        List<String> test = health.command();
        return switch (test.isEmpty() ? "" : test.get(0)) {
            case "CMD-SHELL" -> List.of("sh", "-c", test.get(1));
            case "CMD" -> test.subList(1, test.size());
            default -> test;
        };
    }
}
