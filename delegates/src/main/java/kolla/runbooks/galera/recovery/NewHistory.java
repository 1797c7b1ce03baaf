package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Starts a node as the first of a cluster whose history begins with it: its data name no position,
 * as those of a restore do not. For data that belong to a history there is {@link PrimaryMaking}.
 */
final class NewHistory {

    private static final int LAST_WORDS = 20;

    private final RecoveryObservation observation;
    private final OneStart starts;
    private final HostConvergence convergence;
    private final Patience patience;

    NewHistory(
            RecoveryObservation observation,
            OneStart starts,
            HostConvergence convergence,
            Patience patience) {
        this.observation = observation;
        this.starts = starts;
        this.convergence = convergence;
        this.patience = patience;
    }

    void begin(RolloutContext context, Host host) {
        List<NodeEvidence> seen = observation.glance(context);
        boolean elsewhere =
                RecoveryDecisions.reads(seen).stream()
                        .anyMatch(r -> r.primary() && !r.host().equals(host.name()));
        Read node = read(seen, host);
        if (elsewhere && !node.primary()) {
            throw GaleraRecovery.drift("a primary component lives on another host", seen);
        }
        if (seen.stream().anyMatch(n -> !(n instanceof Read))) {
            throw GaleraRecovery.drift("a host cannot be read", seen);
        }
        if (!node.primary()) {
            if (node.silent() && node.flagged()) {
                context.journal().log(host.name(), "was started as a new cluster already");
            } else {
                if (node.data().saved().isPresent()) {
                    throw GaleraRecovery.drift(
                            "the data on " + host.name() + " belong to a history", seen);
                }
                starts.start(context, host, List.of(GaleraCnf.bootstrapAddress()));
            }
            await(context, host, Joining.budget(node.data().bytes()));
        }
        starts.takeBack(context, host);
        context.journal()
                .log(
                        host.name(),
                        "is a primary component, and no start of its container would bootstrap"
                                + " again");
    }

    private void await(RolloutContext context, Host host, Duration limit) {
        Instant end = patience.clock().instant().plus(limit);
        Optional<Instant> started = started(context, host);
        while (true) {
            Read node = read(observation.glance(context), host);
            if (node.synced()) {
                return;
            }
            boolean ended =
                    node.server() == NodeEvidence.Server.STOPPED
                            || !started(context, host).equals(started);
            if (ended) {
                List<String> words = context.engine(host).logs(GaleraSql.CONTAINER, LAST_WORDS);
                convergence.stop(context, host, GaleraSql.CONTAINER);
                starts.takeBack(context, host);
                throw RunbookFailure.person(
                        PrimaryMaking.FAILED,
                        host.name(),
                        "its server ended instead of becoming primary; it is stopped and its"
                                + " configuration is as it was. Look at its log, then retry",
                        words.toArray(String[]::new));
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw RunbookFailure.person(
                        PrimaryMaking.FAILED,
                        host.name(),
                        "is not primary after "
                                + limit.toSeconds()
                                + " s; its server is left to go on. Retry to wait again",
                        EvidenceText.line(node));
            }
            patience.rest();
        }
    }

    private static Optional<Instant> started(RolloutContext context, Host host) {
        return context.engine(host).inspect(GaleraSql.CONTAINER).flatMap(c -> c.startedAt());
    }

    private static Read read(List<NodeEvidence> seen, Host host) {
        return RecoveryDecisions.reads(seen).stream()
                .filter(r -> r.host().equals(host.name()))
                .findFirst()
                .orElseThrow(
                        () -> GaleraRecovery.drift(host.name() + " cannot be read any more", seen));
    }
}
