package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.Branches;
import kolla.runbooks.galera.Fencing;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Makes one node a primary component. Never while another one lives, and never a second time: what
 * an earlier attempt started is found and waited for.
 */
final class PrimaryMaking {

    static final String FAILED = "KR-RECOVERY-011";

    /** Without it the server refuses to be the first of a cluster. */
    private static final String MARK_SAFE =
            """
            set -e
            state="$1/grastate.dat"
            [ -f "$state" ] || exit 0
            grep -q '^safe_to_bootstrap:[[:space:]]*1' "$state" && exit 0
            cp -p "$state" "$state.new"
            sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$state.new"
            sync "$state.new"
            mv "$state.new" "$state"
            sync -f "$1"
            """;

    private static final int LAST_WORDS = 20;

    private final RecoveryObservation observation;
    private final OneStart starts;
    private final HostConvergence convergence;
    private final Patience patience;

    PrimaryMaking(
            RecoveryObservation observation,
            OneStart starts,
            HostConvergence convergence,
            Patience patience) {
        this.observation = observation;
        this.starts = starts;
        this.convergence = convergence;
        this.patience = patience;
    }

    void make(RolloutContext context, RecoveryPlan plan) {
        Host host = GaleraRecovery.host(context, plan.host());
        // the one look before the start, with positions and with nothing between the two
        List<NodeEvidence> seen = observation.observe(context);
        Read node = read(seen, plan.host());
        refuseOthers(plan, seen);
        if (!node.primary()) {
            boolean ours = plan.way() == Way.BOOTSTRAP && node.silent() && node.flagged();
            if (ours) {
                context.journal().log(host.name(), "was started as a new cluster already");
            } else {
                begin(context, plan, host, seen);
            }
        }
        // also for one that is primary already: a retry must not forget a promise that was broken
        await(context, plan, host, node);
        starts.takeBack(context, host);
        if (!plan.absent().isEmpty()) {
            List<String> inside = new ArrayList<>();
            for (NodeEvidence other : seen) {
                if (!plan.absent().contains(other.host())) {
                    inside.add(other.address());
                }
            }
            Fencing.allowOnly(context, host, inside);
        }
        context.journal()
                .log(
                        host.name(),
                        "is a primary component, at or after "
                                + plan.position().orElseThrow()
                                + ", and no start of its container would bootstrap again");
    }

    private static void refuseOthers(RecoveryPlan plan, List<NodeEvidence> seen) {
        List<Read> members = RecoveryDecisions.reads(seen).stream().filter(Read::primary).toList();
        boolean mine = members.stream().anyMatch(m -> m.host().equals(plan.host()));
        if (!members.isEmpty() && !mine) {
            throw GaleraRecovery.drift(
                    "a primary component lives on " + RecoveryDecisions.names(members), seen);
        }
    }

    private void begin(
            RolloutContext context, RecoveryPlan plan, Host host, List<NodeEvidence> seen) {
        Proposal now = RecoveryDecisions.decide(seen, Optional.of(plan.host()));
        boolean same =
                now instanceof Proposal.Recover recover
                        && recover.plan().way() == plan.way()
                        && recover.plan().host().equals(plan.host())
                        && recover.plan()
                                .position()
                                .orElseThrow()
                                .sameNumbers(plan.position().orElseThrow())
                        && recover.plan().absent().equals(plan.absent())
                        && (plan.way() == Way.PROMOTE || recover.plan().halted().isEmpty());
        if (!same) {
            throw GaleraRecovery.drift(
                    "just before the start the proposal is another one: " + now.sentence(), seen);
        }
        if (!plan.absent().isEmpty()) {
            Branches.write(context, host, context.journal().run().value());
        }
        if (plan.way() == Way.PROMOTE) {
            promote(context, host);
            return;
        }
        context.journal()
                .perform(
                        host.name(),
                        "mark as safe to bootstrap",
                        "grastate.dat of the approved host says safe_to_bootstrap: 1",
                        () -> markSafe(context, host));
        starts.start(context, host, List.of(GaleraCnf.bootstrapAddress()));
    }

    private static String markSafe(RolloutContext context, Host host) {
        String folder =
                context.engine(host)
                        .volumePath(GaleraSql.volume(context, host))
                        .orElseThrow(() -> new IllegalStateException("the volume is gone"));
        CommandResult result = context.connection(host).run(Command.script(MARK_SAFE, folder));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    FAILED,
                    host.name(),
                    "grastate.dat could not be changed (exit " + result.exit() + ")",
                    result.err().strip());
        }
        return "it says so";
    }

    private static void promote(RolloutContext context, Host host) {
        context.journal()
                .perform(
                        host.name(),
                        "declare primary",
                        "pc.bootstrap=YES by SQL; the server is not restarted",
                        () -> {
                            ContainerEngine.ExecResult result =
                                    GaleraSql.asRoot(
                                            context,
                                            host,
                                            "SET GLOBAL"
                                                + " wsrep_provider_options='pc.bootstrap=YES';");
                            if (!result.ok()) {
                                throw RunbookFailure.person(
                                        FAILED,
                                        host.name(),
                                        "the server refused pc.bootstrap=YES (exit "
                                                + result.exit()
                                                + ")",
                                        result.err().strip());
                            }
                            return "accepted";
                        });
    }

    /** Until it is primary with the promised history and position (M11). */
    private void await(RolloutContext context, RecoveryPlan plan, Host host, Read before) {
        Position promised = plan.position().orElseThrow();
        Duration limit = Joining.budget(before.data().bytes());
        Instant begun = patience.clock().instant();
        Instant end = begun.plus(limit);
        int restarts = restarts(context, host);
        while (true) {
            Read node = read(observation.again(context, host, before), plan.host());
            if (node.primary()) {
                Position now = node.position().orElseThrow();
                if (!now.uuid().equals(promised.uuid()) || now.seqno() < promised.seqno()) {
                    throw RunbookFailure.person(
                            FAILED,
                            host.name(),
                            "is primary at "
                                    + now
                                    + ", but "
                                    + promised
                                    + " was promised; nobody is joined to it");
                }
                return;
            }
            boolean ended = node.server() == NodeEvidence.Server.STOPPED;
            if (ended || restarts(context, host) > restarts + 1) {
                List<String> words = context.engine(host).logs(GaleraSql.CONTAINER, LAST_WORDS);
                convergence.stop(context, host, GaleraSql.CONTAINER);
                starts.takeBack(context, host);
                throw RunbookFailure.person(
                        FAILED,
                        host.name(),
                        "its server ended instead of becoming primary; it is stopped and its"
                                + " configuration is as it was. Look at its log, then cancel this"
                                + " run and start another one",
                        words.toArray(String[]::new));
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw RunbookFailure.person(
                        FAILED,
                        host.name(),
                        "is not primary after "
                                + limit.toSeconds()
                                + " s; its server is left to go on. Retry to wait again",
                        EvidenceText.line(node));
            }
            patience.restSince(begun);
        }
    }

    private static int restarts(RolloutContext context, Host host) {
        return context.engine(host)
                .inspect(GaleraSql.CONTAINER)
                .map(ContainerState::restarts)
                .orElse(0);
    }

    Read read(List<NodeEvidence> seen, String host) {
        return seen.stream()
                .filter(n -> n.host().equals(host))
                .filter(Read.class::isInstance)
                .map(Read.class::cast)
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.transientOn(
                                        GaleraRecovery.DRIFT,
                                        host,
                                        "the host that the cluster is to start from cannot be read"
                                                + " any more: "
                                                + String.join("; ", GaleraRecovery.describe(seen)),
                                        null));
    }
}
