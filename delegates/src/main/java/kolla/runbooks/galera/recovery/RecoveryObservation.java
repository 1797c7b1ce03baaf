package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.Allowlist;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Looks at every host of the cluster, side by side. No container of a server is touched; what
 * cannot be read is {@link NodeEvidence.Unread}. Positions of stopped servers are read anew at
 * every look.
 */
public final class RecoveryObservation {

    private static final String BOOTSTRAP_VARIABLE = "BOOTSTRAP_ARGS";
    private static final Duration RECOVER_BASE = Duration.ofMinutes(10);

    /**
     * InnoDB's crash recovery is not slower than reading the whole directory at 20 MiB a second.
     */
    private static final long BYTES_PER_SECOND = 20L << 20;

    private final InstantSource clock;

    public RecoveryObservation(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param context about the service of kind galera
     * @return one for each host of the group, in the inventory's order
     */
    public List<NodeEvidence> observe(RolloutContext context) {
        return observe(context, context.service().hosts(), true);
    }

    /** Without the positions of stopped servers, which take a container each. */
    public List<NodeEvidence> glance(RolloutContext context) {
        return observe(context, context.service().hosts(), false);
    }

    /**
     * The same without hosts that are known to be away, each of which takes seconds to fail.
     *
     * @param absent they are not in the result
     */
    List<NodeEvidence> glance(RolloutContext context, List<String> absent) {
        List<Host> hosts =
                context.service().hosts().stream().filter(h -> !absent.contains(h.name())).toList();
        return observe(context, hosts, false);
    }

    /**
     * What the server of one node says by now, by SQL on its own host. Neither its disk nor the
     * other hosts are looked at, so this may be asked several times a second.
     */
    List<NodeEvidence> again(RolloutContext context, Host host, NodeEvidence.Read earlier) {
        List<NodeEvidence> said =
                seen(
                        context,
                        context.fanOut()
                                .each(
                                        List.of(host),
                                        h -> {
                                            Answer answer = ask(context, h);
                                            return answer.refused()
                                                    ? refused(context, h)
                                                    : earlier.with(answer.server(), answer.live());
                                        }));
        // one that ends while it is asked is not unknown: a look at all of it tells
        return said.get(0) instanceof NodeEvidence.Read
                ? said
                : observe(context, List.of(host), false);
    }

    private List<NodeEvidence> observe(
            RolloutContext context, List<Host> hosts, boolean positions) {
        return seen(context, context.fanOut().each(hosts, h -> read(context, h, positions)));
    }

    private static List<NodeEvidence> seen(
            RolloutContext context, Map<Host, FanOut.Outcome<NodeEvidence>> seen) {
        List<NodeEvidence> nodes = new ArrayList<>();
        seen.forEach((host, outcome) -> nodes.add(node(context, host, outcome)));
        return nodes;
    }

    private static NodeEvidence node(
            RolloutContext context, Host host, FanOut.Outcome<NodeEvidence> outcome) {
        if (outcome instanceof FanOut.Outcome.Done<NodeEvidence> done) {
            return done.value();
        }
        RuntimeException cause = ((FanOut.Outcome.Failed<NodeEvidence>) outcome).cause();
        String why =
                cause instanceof RunbookFailure f
                        ? f.code() + ": " + f.sentence()
                        : String.valueOf(cause.getMessage());
        return new NodeEvidence.Unread(host.name(), Allowlist.address(context, host), why);
    }

    /**
     * @param live empty when the server stands or does not answer
     * @param refused whether it answers and lets root not in
     */
    private record Answer(
            Optional<ContainerState> container, Optional<LiveNode> live, boolean refused) {

        NodeEvidence.Server server() {
            if (container.isEmpty()) {
                return NodeEvidence.Server.NONE;
            }
            return container.get().running() || container.get().restarting()
                    ? NodeEvidence.Server.RUNNING
                    : NodeEvidence.Server.STOPPED;
        }
    }

    private static Answer ask(RolloutContext context, Host host) {
        // a host that is away is told sooner by SSH than by its engine
        context.connection(host).run(Command.of("true"));
        Optional<ContainerState> container = context.engine(host).inspect(GaleraSql.CONTAINER);
        if (!container.map(ContainerState::running).orElse(false)) {
            return new Answer(container, Optional.empty(), false);
        }
        ContainerEngine.ExecResult answer = GaleraSql.asRoot(context, host, LiveNode.QUERY);
        return new Answer(
                container, LiveNode.parse(answer.out()), answer.err().contains("Access denied"));
    }

    private static NodeEvidence refused(RolloutContext context, Host host) {
        return new NodeEvidence.Unread(
                host.name(),
                Allowlist.address(context, host),
                "the server refuses root with the database_password of passwords.yml");
    }

    private NodeEvidence read(RolloutContext context, Host host, boolean positions) {
        Answer answer = ask(context, host);
        if (answer.refused()) {
            return refused(context, host);
        }
        ContainerEngine engine = context.engine(host);
        Optional<ContainerState> container = answer.container();
        Optional<String> folder = engine.volumePath(GaleraSql.volume(context, host));
        Instant asked = clock.instant();
        DiskLook disk = DiskLook.read(context.connection(host), folder);
        DataDirectory data = disk.data();
        Recovered recovered = new Recovered.NotRun();
        boolean stands = answer.server() != NodeEvidence.Server.RUNNING;
        if (positions && stands && data.present() && !data.transferBroken()) {
            String image =
                    container
                            .map(c -> c.spec().image())
                            .orElseGet(() -> GaleraSql.container(context, host).spec().image());
            Duration limit = RECOVER_BASE.plusSeconds(data.bytes() / BYTES_PER_SECOND);
            recovered = PositionJob.run(context, host, image, folder.orElseThrow(), limit);
        }
        return new NodeEvidence.Read(
                host.name(),
                Allowlist.address(context, host),
                answer.server(),
                container.map(c -> c.spec().restartPolicy()).orElse(""),
                answer.live(),
                data,
                recovered,
                flagged(container) || bootstraps(context, disk.configuration()),
                GaleraCnf.flush(disk.configuration()),
                disk.clock() - asked.getEpochSecond());
    }

    private static boolean flagged(Optional<ContainerState> container) {
        return container
                .map(c -> c.spec().environment().getOrDefault(BOOTSTRAP_VARIABLE, ""))
                .filter(v -> v.contains("wsrep-new-cluster") || v.contains("wsrep_new_cluster"))
                .isPresent();
    }

    /** A cluster of one has nobody to join, so an empty address is its right one. */
    private static boolean bootstraps(RolloutContext context, String configuration) {
        return context.service().hosts().size() > 1 && GaleraCnf.bootstraps(configuration);
    }
}
