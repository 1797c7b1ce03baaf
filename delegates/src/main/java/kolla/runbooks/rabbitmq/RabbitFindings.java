package kolla.runbooks.rabbitmq;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;

/** What verification says about the brokers. */
final class RabbitFindings {

    private RabbitFindings() {}

    static List<Finding> of(RolloutContext context) {
        List<Host> hosts = context.service().hosts();
        Set<String> expected = new TreeSet<>();
        hosts.forEach(h -> expected.add(RabbitNode.name(h.name())));
        List<Finding> findings = new ArrayList<>();
        boolean heard = false;
        for (Host host : hosts) {
            // one broker that sees all others running is connected to each of them
            Optional<ClusterStatus> status = heard ? Optional.empty() : ask(context, host);
            if (status.isPresent()) {
                heard = true;
                findings.addAll(judge(host.name(), status.get(), expected));
            } else if (!heard || !runs(context, host)) {
                findings.add(
                        Finding.bad(
                                RabbitDecisions.NOT_RUNNING,
                                host.name(),
                                "RabbitMQ on " + host.name() + " does not answer"));
            }
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.good(
                            RabbitDecisions.NOT_RUNNING,
                            "RabbitMQ: all of " + expected + " run, no partition, no alarm"));
        }
        return findings;
    }

    /** Empty as well when the host cannot be read. */
    private static Optional<ClusterStatus> ask(RolloutContext context, Host host) {
        return done(
                        context,
                        host,
                        h ->
                                RabbitRollout.answers(context, h)
                                        ? RabbitObservation.status(context, h)
                                        : Optional.<ClusterStatus>empty())
                .flatMap(s -> s);
    }

    private static boolean runs(RolloutContext context, Host host) {
        return done(context, host, h -> RabbitRollout.answers(context, h)).orElse(false);
    }

    private static <T> Optional<T> done(RolloutContext context, Host host, Function<Host, T> look) {
        FanOut.Outcome<T> outcome = context.fanOut().each(List.of(host), look).get(host);
        return outcome instanceof FanOut.Outcome.Done<T> done
                ? Optional.of(done.value())
                : Optional.empty();
    }

    /** What is wrong in one broker's view. Pure. */
    static List<Finding> judge(String host, ClusterStatus status, Set<String> expected) {
        List<Finding> findings = new ArrayList<>();
        if (!status.running().equals(expected)) {
            findings.add(
                    Finding.bad(
                            RabbitDecisions.NOT_RUNNING,
                            host,
                            host
                                    + " sees running "
                                    + new TreeSet<>(status.running())
                                    + " instead of "
                                    + expected));
        }
        if (!status.partitions().isEmpty()) {
            findings.add(
                    Finding.bad(
                            RabbitDecisions.PARTITIONED,
                            host,
                            "partition: " + String.join("; ", status.partitions())));
        }
        if (!status.alarms().isEmpty()) {
            findings.add(
                    Finding.bad(
                            RabbitDecisions.ALARM,
                            host,
                            "alarm: " + String.join("; ", status.alarms())));
        }
        Set<String> drained = new TreeSet<>(status.maintenance());
        drained.retainAll(expected);
        if (!drained.isEmpty()) {
            findings.add(
                    Finding.bad(
                            RabbitDecisions.IN_MAINTENANCE, host, "in maintenance: " + drained));
        }
        return findings;
    }
}
