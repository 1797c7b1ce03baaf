package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The acts of a recovery, in their order: look, halt, keep, make primary, join one by one. Each
 * looks first and finds its work done when it was, so each may be called again after a crash.
 * Thread-safe.
 *
 * <p>Needs nothing of the cluster that it repairs: hosts are reached by SSH, servers by the client
 * inside their own container (G12).
 */
public final class GaleraRecovery {

    static final String DRIFT = "KR-RECOVERY-009";
    static final String NOT_STEADY = "KR-RECOVERY-010";

    /** A cluster that comes back by itself after a power cut does so within this time. */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    /**
     * As long as it runs it takes writes, and a server that starts does not hear when it is asked
     * to end. Ending it hard does to its data what a power cut does.
     */
    private static final Duration LEFT_BEHIND_GRACE = Duration.ofSeconds(5);

    private final HostConvergence convergence;
    private final Patience patience;
    private final RecoveryObservation observation;
    private final PrimaryMaking primaries;
    private final Joining joining;
    private final NewHistory histories;

    public GaleraRecovery(HostConvergence convergence, Patience patience) {
        this.convergence = convergence;
        this.patience = patience;
        this.observation = new RecoveryObservation(patience.clock());
        OneStart starts = new OneStart(convergence);
        this.primaries = new PrimaryMaking(observation, starts, convergence, patience);
        this.joining = new Joining(observation, starts, convergence, patience);
        this.histories = new NewHistory(observation, starts, convergence, patience);
    }

    /** What was seen last, and what follows from it. */
    public record Look(List<NodeEvidence> seen, Proposal proposal) {
        public Look {
            seen = List.copyOf(seen);
        }
    }

    /**
     * Looks until the cluster is steady: servers that start, a network that has just healed and a
     * state transfer get time to end by themselves. Servers that a recovery left behind are
     * stopped; nothing else is touched.
     *
     * @param chosen the host that a person picked, where that was asked
     * @throws RunbookFailure {@code KR-RECOVERY-010} when a transfer outlasts its budget
     */
    public Look look(RolloutContext context, Optional<String> chosen) {
        Instant begun = patience.clock().instant();
        String said = "";
        Set<String> stopped = new HashSet<>();
        while (true) {
            List<NodeEvidence> seen = observation.observe(context);
            if (stopped.addAll(LeftBehind.of(seen).stream().map(LeftBehind::host).toList())) {
                stopLeftBehind(context);
                continue;
            }
            Proposal proposal = RecoveryDecisions.decide(seen, chosen);
            Optional<Duration> patienceFor = mayPass(seen, proposal);
            Duration waited = Duration.between(begun, patience.clock().instant());
            if (patienceFor.isEmpty() || waited.compareTo(patienceFor.get()) >= 0) {
                if (proposal instanceof Proposal.Wait wait) {
                    throw RunbookFailure.person(
                            NOT_STEADY,
                            wait.sentence()
                                    + "; it has not ended after "
                                    + waited.toSeconds()
                                    + " s. It goes on; retry this step to look again",
                            describe(seen));
                }
                SplitHistory.write(context, seen);
                return new Look(seen, proposal);
            }
            if (!proposal.sentence().equals(said)) {
                said = proposal.sentence();
                context.journal()
                        .log(
                                ActionId.CLUSTER,
                                "looks again for up to "
                                        + patienceFor.get().toSeconds()
                                        + " s, because this may pass by itself: "
                                        + said);
            }
            patience.rest();
        }
    }

    /** One look without the positions of stopped servers; touches nothing at all. */
    public List<NodeEvidence> glance(RolloutContext context) {
        return observation.glance(context);
    }

    /**
     * Stops the servers that a recovery left behind and that run all the same; their data stay as
     * they are. Looks anew before, so that what is acted on is seconds old.
     *
     * @return the hosts whose servers were stopped
     */
    public List<String> stopLeftBehind(RolloutContext context) {
        List<LeftBehind> found = LeftBehind.of(observation.glance(context));
        for (LeftBehind node : found) {
            context.journal()
                    .perform(
                            node.host(),
                            "stop the server that was left behind",
                            node.proof(),
                            () -> {
                                context.engine(host(context, node.host()))
                                        .stop(GaleraSql.CONTAINER, LEFT_BEHIND_GRACE);
                                return "stopped; its data are as they were";
                            });
        }
        return found.stream().map(LeftBehind::host).toList();
    }

    /** How long what was seen may take to pass by itself; empty when it will not. */
    private static Optional<Duration> mayPass(List<NodeEvidence> seen, Proposal proposal) {
        if (proposal instanceof Proposal.Wait) {
            return Optional.of(Joining.budget(seen));
        }
        boolean splitOrStarting =
                proposal instanceof Proposal.Halt
                        || (proposal instanceof Proposal.Stop stop
                                && stop.code().equals(RecoveryDecisions.TWO_PRIMARIES));
        boolean liveOutside =
                proposal instanceof Proposal.Recover
                        && RecoveryDecisions.reads(seen).stream()
                                .anyMatch(r -> r.live().isPresent() && !r.primary());
        return splitOrStarting || liveOutside ? Optional.of(SETTLE) : Optional.empty();
    }

    /**
     * Stops servers that are in no primary component, so that Docker does not start them again and
     * their positions can be read (M3).
     *
     * @throws RunbookFailure {@code KR-RECOVERY-009} when one of them has become a member meanwhile
     */
    public void halt(RolloutContext context, List<String> hosts) {
        if (hosts.isEmpty()) {
            return;
        }
        List<NodeEvidence> seen = observation.glance(context);
        for (Read node : RecoveryDecisions.reads(seen)) {
            if (hosts.contains(node.host()) && node.primary()) {
                throw drift(node.host() + " has become a member of a primary component", seen);
            }
        }
        List<Host> halted =
                context.service().hosts().stream().filter(h -> hosts.contains(h.name())).toList();
        context.fanOut()
                .all(
                        halted,
                        h -> {
                            convergence.stop(context, h, GaleraSql.CONTAINER);
                            return true;
                        });
    }

    /** Copies the data of the host that the cluster starts from, where the plan says so (M9). */
    public void keepData(RolloutContext context, RecoveryPlan plan) {
        if (plan.way() != Way.BOOTSTRAP) {
            return;
        }
        List<NodeEvidence> seen = observation.glance(context);
        Read node = primaries.read(seen, plan.host());
        if (node.primary()) {
            context.journal().log(plan.host(), "is a primary component already; nothing to keep");
            return;
        }
        halt(context, plan.halted());
        if (!plan.keepsCopy()) {
            context.journal()
                    .warn(
                            plan.host(),
                            "no copy of its data is kept: the approved plan waives it, the disk is"
                                    + " too full");
            return;
        }
        DataKeeping.copy(context, host(context, plan.host()), node.data());
    }

    /** Makes the primary component, fences who is absent, and leaves no flag behind. */
    public void makePrimary(RolloutContext context, RecoveryPlan plan) {
        primaries.make(context, plan);
    }

    /**
     * Starts a stopped server as the first of a new cluster, whose history begins there, and leaves
     * no flag behind. For restored data only: every other host has to stand.
     *
     * @throws RunbookFailure {@code KR-RECOVERY-009} when a primary component lives elsewhere, a
     *     host cannot be read, or the data belong to a history; {@code -011} when it does not
     *     become primary
     */
    public void beginHistory(RolloutContext context, String host) {
        histories.begin(context, host(context, host));
    }

    /** Brings a host with an empty data directory in, and waits until it is Synced. */
    public void joinEmpty(RolloutContext context, String host) {
        RecoveryPlan plan =
                new RecoveryPlan(
                        Way.REJOIN,
                        "",
                        Optional.empty(),
                        List.of(host),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        1,
                        List.of(),
                        List.of());
        joining.join(context, plan, host(context, host));
    }

    /** Brings one host in, and waits until it is Synced. */
    public void join(RolloutContext context, RecoveryPlan plan, String host) {
        joining.join(context, plan, host(context, host));
    }

    /**
     * What is wrong with the cluster after the recovery; empty when nothing is.
     *
     * @param absent hosts that it went on without
     */
    public List<String> verify(RolloutContext context, List<String> absent) {
        List<NodeEvidence> seen = observation.glance(context);
        List<String> wrongs = new ArrayList<>(WholeCluster.wrongs(seen, absent));
        if (wrongs.isEmpty()) {
            wrongs.addAll(new TableComparison(patience).wrongs(context, absent));
        }
        return wrongs;
    }

    static RunbookFailure drift(String what, List<NodeEvidence> seen) {
        return RunbookFailure.person(
                DRIFT,
                what
                        + "; that is not what was approved, so nothing more is done. Cancel this"
                        + " run and start another one, which looks anew",
                describe(seen));
    }

    static List<String> describe(List<NodeEvidence> seen) {
        return seen.stream().map(EvidenceText::line).toList();
    }

    static Host host(RolloutContext context, String name) {
        return context.service().hosts().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "host: \"" + name + "\" is in no group of the database"));
    }
}
