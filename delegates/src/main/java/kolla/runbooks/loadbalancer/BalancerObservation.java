package kolla.runbooks.loadbalancer;

import java.util.Arrays;
import java.util.List;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.RolloutContext;

/** Reads the load balancers and who holds the virtual address, side by side. Changes nothing. */
final class BalancerObservation {

    static final String KEEPALIVED = "keepalived";

    private final HostConvergence convergence;

    BalancerObservation(HostConvergence convergence) {
        this.convergence = convergence;
    }

    List<BalancerNode> observe(RolloutContext context) {
        return observe(context, true);
    }

    /** Without looking whether anything differs, which is quicker. */
    List<BalancerNode> holders(RolloutContext context) {
        return observe(context, false);
    }

    private List<BalancerNode> observe(RolloutContext context, boolean differences) {
        return context.look(h -> read(context, h, differences), BalancerNode.Unread::new);
    }

    private BalancerNode read(RolloutContext context, Host host, boolean differences) {
        CommandResult addresses =
                context.connection(host).run(Command.of("ip", "-o", "addr", "show"));
        if (!addresses.ok()) {
            throw RunbookFailure.person(
                    BalancerDecisions.UNREAD,
                    host.name(),
                    "its addresses could not be read (exit " + addresses.exit() + ")",
                    addresses.err());
        }
        return new BalancerNode.Read(
                host.name(),
                HaproxySocket.runs(context, host),
                context.engine(host).inspect(KEEPALIVED).map(ContainerState::running).orElse(false),
                holds(addresses.out(), context.deployment().vip()),
                differences && convergence.needed(context, host));
    }

    /** Whether one of the lines of {@code ip -o addr} has this address. Pure. */
    static boolean holds(String lines, String address) {
        return lines.lines()
                .map(l -> Arrays.asList(l.strip().split("\\s+")))
                .anyMatch(
                        fields -> {
                            int inet = Math.max(fields.indexOf("inet"), fields.indexOf("inet6"));
                            return inet >= 0
                                    && inet + 1 < fields.size()
                                    && fields.get(inet + 1).split("/")[0].equals(address);
                        });
    }
}
