package kolla.runbooks.rabbitmq;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** RabbitMQ's own command line tools, run inside the broker's container on one host. */
final class RabbitCli {

    static final String CONTAINER = "rabbitmq";

    /** {@code EX_USAGE}: the tool of this version does not know the command. */
    static final int UNKNOWN_COMMAND = 64;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RabbitCli() {}

    static ContainerEngine.ExecResult run(RolloutContext context, Host host, String... argv) {
        return run(context, host, LIMIT, argv);
    }

    static ContainerEngine.ExecResult run(
            RolloutContext context, Host host, Duration limit, String... argv) {
        return context.engine(host)
                .exec(CONTAINER, List.of(argv), Map.of(), Optional.empty(), limit);
    }

    /** With a secret on the tool's standard input; it never stands in an argument vector. */
    static ContainerEngine.ExecResult telling(
            RolloutContext context, Host host, String secret, String... argv) {
        List<String> shell =
                new java.util.ArrayList<>(
                        List.of("sh", "-c", "printf '%s\\n' \"$KR_SECRET\" | \"$@\"", "sh"));
        shell.addAll(List.of(argv));
        return context.engine(host)
                .exec(CONTAINER, shell, Map.of("KR_SECRET", secret), Optional.empty(), LIMIT);
    }
}
