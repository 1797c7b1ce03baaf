package kolla.runbooks.rabbitmq;

import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Taking a broker out and bringing it back. The check and the drain are two calls judged here one
 * after the other; composed in a shell, a failed check would be easy to run past.
 */
final class RabbitMaintenance {

    /** Replicas that still catch up after the last restart make a node critical for a while. */
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    private static final Duration QUORUM = Duration.ofMinutes(5);

    private final Patience patience;

    RabbitMaintenance(Patience patience) {
        this.patience = patience;
    }

    /**
     * Drains the broker.
     *
     * @throws RunbookFailure {@code KR-RABBIT-007} unless the broker says that every queue keeps
     *     its quorum without it; not knowing counts as no
     */
    void drain(RolloutContext context, Host host) {
        ContainerEngine.ExecResult[] last = new ContainerEngine.ExecResult[1];
        Optional<Boolean> safe =
                patience.until(
                        CATCH_UP,
                        () -> {
                            last[0] =
                                    RabbitCli.run(
                                            context,
                                            host,
                                            "rabbitmq-diagnostics",
                                            "--silent",
                                            "check_if_node_is_quorum_critical");
                            return last[0].ok() ? Optional.of(true) : Optional.empty();
                        });
        if (safe.isEmpty()) {
            throw RunbookFailure.person(
                    RabbitDecisions.QUORUM_CRITICAL,
                    host.name(),
                    "queues would lose their quorum without this broker, or it cannot tell (exit "
                            + last[0].exit()
                            + ")",
                    last[0].out(),
                    last[0].err());
        }
        context.journal()
                .perform(
                        host.name(),
                        RabbitObservation.DRAIN,
                        "no quorum depends on it; its connections and leaders move to the others",
                        () -> must(context, host, "rabbitmq-upgrade", "drain"));
    }

    /** Waits until every quorum has one member more than it needs. */
    void awaitQuorums(RolloutContext context, Host host) {
        ContainerEngine.ExecResult result =
                RabbitCli.run(
                        context,
                        host,
                        QUORUM.plusSeconds(30),
                        "rabbitmq-upgrade",
                        "await_online_quorum_plus_one",
                        "--timeout",
                        String.valueOf(QUORUM.toSeconds()));
        if (result.exit() == RabbitCli.UNKNOWN_COMMAND) {
            context.journal().log(host.name(), "this version cannot await_online_quorum_plus_one");
        } else if (!result.ok()) {
            throw RunbookFailure.person(
                    RabbitDecisions.QUORUM_CRITICAL,
                    host.name(),
                    "queues did not get their quorum back within "
                            + QUORUM.toSeconds()
                            + " s (exit "
                            + result.exit()
                            + ")",
                    result.out(),
                    result.err());
        }
    }

    void revive(RolloutContext context, Host host) {
        context.journal()
                .perform(
                        host.name(),
                        RabbitObservation.REVIVE,
                        "it takes connections and leaders again",
                        () -> must(context, host, "rabbitmq-upgrade", "revive"));
    }

    private static String must(RolloutContext context, Host host, String... argv) {
        ContainerEngine.ExecResult result = RabbitCli.run(context, host, argv);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    RabbitDecisions.NOT_RUNNING,
                    host.name(),
                    String.join(" ", argv) + " ended with " + result.exit() + " instead of 0",
                    result.out(),
                    result.err());
        }
        return "done";
    }
}
