package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.Allowlist;
import kolla.runbooks.galera.Branches;
import kolla.runbooks.galera.Fencing;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Action;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Brings one node into the primary component and follows it to the end. A transfer that breaks is
 * tried again from another donor; one that lasts longer than its budget is left to go on (G11).
 */
final class Joining {

    static final String FAILED = "KR-RECOVERY-012";
    static final String LASTS = "KR-RECOVERY-013";

    private static final Duration BASE = Duration.ofMinutes(5);

    /** A state transfer slower than this is stuck: 10 MiB a second. */
    private static final long BYTES_PER_SECOND = 10L << 20;

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 3;

    /** The others are looked at now and then, to know who donates. */
    private static final Duration BETWEEN_LOOKS_AT_ALL = Duration.ofSeconds(3);

    private static final int LAST_WORDS = 20;
    private static final String HALF_MADE = "a broken transfer left them half made";

    private final RecoveryObservation observation;
    private final OneStart starts;
    private final HostConvergence convergence;
    private final Patience patience;

    Joining(
            RecoveryObservation observation,
            OneStart starts,
            HostConvergence convergence,
            Patience patience) {
        this.observation = observation;
        this.starts = starts;
        this.convergence = convergence;
        this.patience = patience;
    }

    void join(RolloutContext context, RecoveryPlan plan, Host host) {
        List<NodeEvidence> seen = observation.glance(context, plan.absent());
        Read node = node(seen, host);
        if (!node.synced()) {
            Read member = member(seen, host);
            boolean underWay = node.silent() && donates(seen);
            if (underWay) {
                context.journal()
                        .log(host.name(), "receives a state transfer already; it is waited for");
            } else {
                letIn(context, host, member);
                stand(context, plan, host, node);
                if (!node.data().branch().equals(member.data().branch())) {
                    Branches.write(context, host, member.data().branch());
                }
                starts.start(context, host, List.of());
            }
            follow(context, plan, host, node, budget(seen));
        }
        starts.takeBack(context, host);
        if (fenced(seen)) {
            liftFence(context, plan, host);
        }
    }

    /** A fenced host is named in the list of allowed addresses before it is started. */
    private static void letIn(RolloutContext context, Host host, Read member) {
        List<String> allowed = member.live().orElseThrow().allowed();
        String address = Allowlist.address(context, host);
        if (!allowed.isEmpty() && !allowed.contains(address)) {
            List<String> more = new ArrayList<>(allowed);
            more.add(address);
            Fencing.allowOnly(context, GaleraRecovery.host(context, member.host()), more);
        }
    }

    /**
     * Stops it, and moves its data aside where the plan says so; once in this run. So it does with
     * what an earlier attempt's transfer left half made.
     */
    private void stand(RolloutContext context, RecoveryPlan plan, Host host, Read seen) {
        convergence.stop(context, host, GaleraSql.CONTAINER);
        boolean moved =
                context.journal().actions().stream()
                        .filter(a -> a.state() == Action.State.DONE)
                        .anyMatch(
                                a ->
                                        a.id().host().equals(host.name())
                                                && a.id().action().equals(DataKeeping.MOVE));
        if (plan.aside().contains(host.name()) && !moved) {
            DataKeeping.moveAside(
                    context, host, "they are no part of the cluster's history: it joins empty");
        } else if (seen.data().transferBroken()) {
            DataKeeping.moveAside(context, host, HALF_MADE);
        }
    }

    private void follow(
            RolloutContext context, RecoveryPlan plan, Host host, Read before, Duration limit) {
        Instant begun = patience.clock().instant();
        Instant end = begun.plus(limit);
        Instant reported = begun;
        Instant lookedAtAll = begun;
        Set<String> tried = new HashSet<>();
        int attempt = 1;
        Optional<Instant> started = startedAt(context, host);
        while (true) {
            List<NodeEvidence> seen = observation.again(context, host, before);
            boolean restarted = !startedAt(context, host).equals(started);
            Instant now = patience.clock().instant();
            boolean report = !now.isBefore(reported.plus(BETWEEN_REPORTS));
            boolean due = report || !now.isBefore(lookedAtAll.plus(BETWEEN_LOOKS_AT_ALL));
            if (!node(seen, host).synced() && (due || restarted || !runs(seen))) {
                seen = observation.glance(context, plan.absent());
                donors(seen).forEach(tried::add);
                lookedAtAll = now;
            }
            Read node = node(seen, host);
            if (node.synced()) {
                context.journal().log(host.name(), "is Synced");
                return;
            }
            boolean ended = restarted || node.server() == NodeEvidence.Server.STOPPED;
            if (ended) {
                List<String> words = context.engine(host).logs(GaleraSql.CONTAINER, LAST_WORDS);
                attempt++;
                if (attempt > ATTEMPTS) {
                    convergence.stop(context, host, GaleraSql.CONTAINER);
                    throw RunbookFailure.person(
                            FAILED,
                            host.name(),
                            "its server ended "
                                    + ATTEMPTS
                                    + " times instead of joining; it is stopped. The cluster serves"
                                    + " without it. Look at its log, then retry this step",
                            words.toArray(String[]::new));
                }
                startAgain(context, host, seen, tried, node);
                started = startedAt(context, host);
                begun = patience.clock().instant();
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw RunbookFailure.person(
                        LASTS,
                        host.name(),
                        "is not Synced after "
                                + limit.toSeconds()
                                + " s, the budget for the size of the data. It is left to go on;"
                                + " retry to wait again",
                        EvidenceText.line(node));
            }
            if (report) {
                reported = patience.clock().instant();
                context.journal().log(host.name(), progress(node, seen));
            }
            patience.restSince(begun);
        }
    }

    /** After a transfer that broke: what it left goes aside, and another member is the donor. */
    private void startAgain(
            RolloutContext context,
            Host host,
            List<NodeEvidence> seen,
            Set<String> tried,
            Read node) {
        convergence.stop(context, host, GaleraSql.CONTAINER);
        Optional<String> donor =
                RecoveryDecisions.reads(seen).stream()
                        .filter(Read::synced)
                        .map(Read::host)
                        .filter(h -> !h.equals(host.name()) && !tried.contains(h))
                        .findFirst();
        context.journal()
                .warn(
                        host.name(),
                        "its server ended while it joined; it is tried again"
                                + donor.map(d -> " from " + d).orElse(""));
        if (node.data().transferBroken()) {
            DataKeeping.moveAside(context, host, HALF_MADE);
        }
        starts.start(
                context,
                host,
                // a name and a comma: the named one first, any other when it is not there
                donor.map(d -> List.of("wsrep_sst_donor = " + d + ",")).orElse(List.of()));
    }

    private static boolean runs(List<NodeEvidence> seen) {
        return RecoveryDecisions.reads(seen).stream()
                .anyMatch(r -> r.server() == NodeEvidence.Server.RUNNING);
    }

    private static String progress(Read node, List<NodeEvidence> seen) {
        long whole =
                RecoveryDecisions.reads(seen).stream()
                        .filter(Read::primary)
                        .mapToLong(r -> r.data().bytes())
                        .max()
                        .orElse(0);
        String state =
                node.live()
                        .map(l -> l.wsrep().localState())
                        .orElse(node.silent() ? "starts or receives" : "stands");
        List<String> donors = donors(seen);
        return state
                + (donors.isEmpty() ? "" : ", donor " + String.join(", ", donors))
                + ", "
                + (node.data().bytes() >> 20)
                + " of about "
                + (whole >> 20)
                + " MiB on its disk";
    }

    /** With every host of the group inside, nobody is left to be kept out. */
    private void liftFence(RolloutContext context, RecoveryPlan plan, Host host) {
        List<NodeEvidence> seen = observation.glance(context, plan.absent());
        boolean all =
                seen.stream().allMatch(n -> n instanceof Read read && read.synced())
                        && plan.absent().isEmpty();
        if (all && fenced(seen)) {
            Fencing.allowEverybody(context, host);
        }
    }

    private static boolean fenced(List<NodeEvidence> seen) {
        return RecoveryDecisions.reads(seen).stream()
                .flatMap(r -> r.live().stream())
                .anyMatch(l -> !l.allowed().isEmpty());
    }

    private static Read member(List<NodeEvidence> seen, Host joiner) {
        return RecoveryDecisions.reads(seen).stream()
                .filter(Read::primary)
                .filter(r -> !r.host().equals(joiner.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                GaleraRecovery.drift(
                                        "no primary component lives for "
                                                + joiner.name()
                                                + " to join",
                                        seen));
    }

    /** A broken connection passes: the engine tries the step again, and it looks first. */
    private static Read node(List<NodeEvidence> seen, Host host) {
        return RecoveryDecisions.reads(seen).stream()
                .filter(r -> r.host().equals(host.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.transientOn(
                                        FAILED,
                                        host.name(),
                                        "cannot be read any more while it joins: "
                                                + String.join("; ", GaleraRecovery.describe(seen)),
                                        null));
    }

    private static boolean donates(List<NodeEvidence> seen) {
        return !donors(seen).isEmpty();
    }

    private static List<String> donors(List<NodeEvidence> seen) {
        return RecoveryDecisions.reads(seen).stream()
                .filter(Read::primary)
                .filter(r -> r.live().orElseThrow().wsrep().localState().startsWith("Donor"))
                .map(Read::host)
                .toList();
    }

    private static Optional<Instant> startedAt(RolloutContext context, Host host) {
        return context.engine(host).inspect(GaleraSql.CONTAINER).flatMap(ContainerState::startedAt);
    }

    static Duration budget(List<NodeEvidence> seen) {
        return budget(
                RecoveryDecisions.reads(seen).stream()
                        .mapToLong(r -> r.data().bytes())
                        .max()
                        .orElse(0));
    }

    static Duration budget(long bytes) {
        return BASE.plusSeconds(bytes / BYTES_PER_SECOND);
    }
}
