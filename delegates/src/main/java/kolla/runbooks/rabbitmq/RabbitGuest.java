package kolla.runbooks.rabbitmq;

import java.util.List;
import kolla.runbooks.catalog.BrokerAccount;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * An account with a virtual host of its own, for as long as a run needs it. Nothing of it is part
 * of what the cluster should be, so it stands in no plan and in no action. Fails with {@code
 * KR-RABBIT-009}.
 */
public final class RabbitGuest {

    private RabbitGuest() {}

    /** Makes it; what is there already keeps its queues and gets this password. */
    public static void make(RolloutContext context, String name, String password) {
        RolloutContext rabbit = about(context);
        RabbitAccounts.make(
                rabbit,
                RabbitAccounts.running(rabbit),
                new BrokerAccount(name, "", name, false),
                password);
    }

    public static void remove(RolloutContext context, String name) {
        RolloutContext rabbit = about(context);
        Host host = RabbitAccounts.running(rabbit);
        if (RabbitAccounts.exists(rabbit, host, "list_vhosts", name)) {
            must(host, RabbitCli.run(rabbit, host, "rabbitmqctl", "delete_vhost", name));
        }
        if (RabbitAccounts.exists(rabbit, host, "list_users", name)) {
            must(host, RabbitCli.run(rabbit, host, "rabbitmqctl", "delete_user", name));
        }
    }

    private static RolloutContext about(RolloutContext context) {
        return context.about(
                context.deployment()
                        .ofKind("rabbitmq")
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-RABBIT-009",
                                                "no service of kind rabbitmq is enabled",
                                                List.of())));
    }

    private static void must(Host host, ContainerEngine.ExecResult result) {
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-RABBIT-009",
                    host.name(),
                    "the broker refused to remove a guest (exit " + result.exit() + ")",
                    result.err());
        }
    }
}
