package kolla.runbooks.rabbitmq;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Who belongs to the cluster of brokers and to its quorum queues. A broker that runs is never
 * forgotten: it would go on with what it has.
 */
final class RabbitMembers {

    static final String STILL_RUNS = "KR-RABBIT-011";
    static final String NOT_CHANGED = "KR-RABBIT-012";

    /** RabbitMQ's own default for the members of a new quorum queue. */
    private static final int COPIES = 3;

    private static final String ALL = "all";
    private static final String EVEN = "even";

    private RabbitMembers() {}

    static List<String> countingOn(RolloutContext others, Host gone) {
        String node = RabbitNode.name(gone.name());
        return asked(others, gone).stream()
                .filter(a -> a.status.running().contains(node))
                .map(a -> "the broker on " + a.host.name() + " sees " + node + " running")
                .toList();
    }

    /**
     * Takes the host's broker out of every quorum queue, then out of the cluster.
     *
     * @throws RunbookFailure {@code KR-RABBIT-011} while it runs, {@code KR-RABBIT-012} when the
     *     brokers refuse
     */
    static void forget(RolloutContext members, Host left) {
        String node = RabbitNode.name(left.name());
        Asked broker = anyBroker(members, left);
        if (!broker.status.members().contains(node)) {
            makeOdd(members, broker);
            return;
        }
        if (asked(members, left).stream().anyMatch(a -> a.status.running().contains(node))) {
            throw RunbookFailure.person(
                    STILL_RUNS,
                    left.name(),
                    node
                            + " runs, as a broker sees it; only a broker that is stopped is"
                            + " forgotten. Stop it, or power its host off, then retry");
        }
        members.journal()
                .perform(
                        broker.host.name(),
                        "shrink quorum queues from " + node,
                        "its members there are gone; a queue counts its majority without them",
                        () -> {
                            withoutErrors(
                                    members,
                                    broker.host,
                                    "rabbitmq-queues",
                                    "--silent",
                                    "shrink",
                                    node,
                                    "--errors-only");
                            return "done";
                        });
        members.journal()
                .perform(
                        broker.host.name(),
                        "forget " + node,
                        "it is stopped and no member any more; when it starts with what it has, the"
                                + " others refuse it",
                        () -> {
                            withoutErrors(
                                    members,
                                    broker.host,
                                    "rabbitmqctl",
                                    "--silent",
                                    "forget_cluster_node",
                                    node);
                            Asked now = anyBroker(members, left);
                            if (now.status.members().contains(node)) {
                                throw RunbookFailure.person(
                                        NOT_CHANGED,
                                        broker.host.name(),
                                        node + " is still a member after it was forgotten");
                            }
                            return "members: " + String.join(", ", now.status.members());
                        });
        makeOdd(members, broker);
    }

    /**
     * A queue that has lost its third member would stop with any of the two that are left, so that
     * none of their brokers could be restarted. It gets another member where a broker has none.
     */
    private static void makeOdd(RolloutContext members, Asked broker) {
        for (String running : new TreeSet<>(broker.status.running())) {
            members.journal()
                    .perform(
                            broker.host.name(),
                            "grow queues with an even number of members onto " + running,
                            "an even number tolerates no more failures than one member less",
                            () -> {
                                grow(members, broker.host, running, EVEN);
                                return "done";
                            });
        }
    }

    private static void grow(RolloutContext context, Host host, String node, String which) {
        withoutErrors(
                context, host, "rabbitmq-queues", "--silent", "grow", node, which, "--errors-only");
    }

    /**
     * Gives quorum queues a member on the host: all of them while the cluster has no more brokers
     * than a queue has copies, else those with an even number, which tolerate no more failures than
     * one member less would.
     */
    static void spread(RolloutContext members, Host joined) {
        String node = RabbitNode.name(joined.name());
        Asked broker = anyBroker(members, joined);
        if (!broker.status.running().contains(node)) {
            throw RunbookFailure.person(
                    RabbitDecisions.NOT_RUNNING,
                    joined.name(),
                    node + " does not run, as " + broker.host.name() + " sees it");
        }
        String which = which(broker.status.members().size());
        members.journal()
                .perform(
                        joined.name(),
                        "grow quorum queues onto " + node,
                        which.equals(ALL)
                                ? "every queue gets a member there"
                                : "queues with an even number of members get one there",
                        () -> {
                            grow(members, broker.host, node, which);
                            return "done";
                        });
    }

    /** Pure. */
    static String which(int brokers) {
        return brokers <= COPIES ? ALL : EVEN;
    }

    static List<Finding> traces(RolloutContext members, Host left) {
        String node = RabbitNode.name(left.name());
        return asked(members, left).stream()
                .filter(a -> a.status.members().contains(node))
                .map(
                        a ->
                                Finding.bad(
                                        NOT_CHANGED,
                                        a.host.name(),
                                        "the broker on "
                                                + a.host.name()
                                                + " still counts "
                                                + node
                                                + " among its members"))
                .toList();
    }

    /** What a broker says of the cluster. */
    private record Asked(Host host, ClusterStatus status) {}

    private static Asked anyBroker(RolloutContext context, Host but) {
        return asked(context, but).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        RabbitDecisions.NOT_RUNNING,
                                        "no broker answers that could be asked about "
                                                + RabbitNode.name(but.name()),
                                        List.of()));
    }

    private static List<Asked> asked(RolloutContext context, Host but) {
        List<Asked> asked = new ArrayList<>();
        for (Host host : context.service().hosts()) {
            if (!host.name().equals(but.name()) && RabbitRollout.answers(context, host)) {
                Optional<ClusterStatus> status = RabbitObservation.status(context, host);
                status.ifPresent(s -> asked.add(new Asked(host, s)));
            }
        }
        return asked;
    }

    private static void withoutErrors(RolloutContext context, Host host, String... argv) {
        ContainerEngine.ExecResult result = RabbitCli.run(context, host, argv);
        if (!result.ok() || result.out().contains("error")) {
            throw RunbookFailure.person(
                    NOT_CHANGED,
                    host.name(),
                    String.join(" ", argv) + " ended with " + result.exit() + " and errors",
                    result.out(),
                    result.err());
        }
    }
}
