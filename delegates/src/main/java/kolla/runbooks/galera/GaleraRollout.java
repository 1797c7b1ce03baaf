package kolla.runbooks.galera;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.Drainer;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Leaving;
import kolla.runbooks.rollout.Majority;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/**
 * Rolls a Galera cluster out: observes all nodes, asks {@link GaleraDecisions} what may be done to
 * the host whose turn it is, does it, and looks again until nothing is left to do there.
 *
 * <p>A wait for a state transfer is budgeted by the size of the data, and when the budget has
 * passed the node is left alone to go on: a time-out never stops a node that recovers.
 */
public final class GaleraRollout implements ServiceRollout {

    /** How long a state that should pass by itself may last at the beginning of a step. */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private static final Duration SYNC_BASE = Duration.ofMinutes(5);

    /** A state transfer slower than this is stuck: 10 MiB a second. */
    private static final long BYTES_PER_SECOND = 10L << 20;

    private final HostConvergence convergence;
    private final Patience patience;
    private final Drainer drainer;
    private final GaleraObservation observation;
    private final GaleraBootstrap bootstrap;
    private final GaleraAccounts accounts;

    /**
     * @param drainer moves the writer to another node before its node is replaced
     */
    public GaleraRollout(
            HostConvergence convergence,
            GaleraAccounts accounts,
            Patience patience,
            Drainer drainer) {
        this.convergence = convergence;
        this.patience = patience;
        this.drainer = drainer;
        this.accounts = accounts;
        this.observation = new GaleraObservation(convergence);
        this.bootstrap = new GaleraBootstrap(convergence, accounts);
    }

    @Override
    public String kind() {
        return "galera";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<GaleraNode> seen = settled(context);
        List<String> order = GaleraDecisions.order(desired(context), seen);
        List<String> sentences = new ArrayList<>(accounts.previewMonitor(context));
        if (order.isEmpty()) {
            return sentences;
        }
        GaleraDecision first = GaleraDecisions.decide(desired(context), seen, order.get(0));
        if (first instanceof GaleraDecision.MakeData) {
            return List.of(
                    "no host has data: bootstraps Galera on "
                            + order.get(0)
                            + ", then joins the others one at a time, each until it is Synced");
        }
        sentences.add("one node at a time, each until it is Synced: " + String.join(", ", order));
        return sentences;
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        List<GaleraNode> seen = settled(context);
        return GaleraDecisions.order(desired(context), seen).stream()
                .map(name -> List.of(host(context, name)))
                .toList();
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {
        seen(context).forEach(n -> log(context, n));
        accounts.prepareMonitor(context);
    }

    @Override
    public void converge(RolloutContext context, Host host) {
        Instant begun = patience.clock().instant();
        String said = "";
        Set<Class<?>> acted = new HashSet<>();
        while (true) {
            List<GaleraNode> seen = seen(context);
            GaleraDecision decision = GaleraDecisions.decide(desired(context), seen, host.name());
            if (decision instanceof GaleraDecision.Nothing) {
                if (acted.contains(GaleraDecision.Replace.class)) {
                    // HAProxy calls a drained server DOWN until its check passes: waited for here
                    drainer.undrain(context, host);
                }
                return;
            }
            if (decision instanceof GaleraDecision.Later later) {
                context.journal().log(host.name(), later.why());
                return;
            }
            Optional<Pending> pending = pending(decision, seen);
            if (pending.isEmpty()) {
                if (!acted.add(decision.getClass())) {
                    throw RunbookFailure.person(
                            "KR-ROLLOUT-006",
                            host.name(),
                            "the database was brought to what it should be and differs again",
                            seen.stream().map(GaleraFindings::describe).toArray(String[]::new));
                }
                act(context, host, decision, seen);
                begun = patience.clock().instant();
                continue;
            }
            Pending waits = pending.get();
            if (!patience.clock().instant().isBefore(begun.plus(waits.limit))) {
                throw failure(waits.code, waits.sentence, seen);
            }
            if (!waits.sentence.equals(said)) {
                context.journal().log(host.name(), waits.sentence);
                said = waits.sentence;
            }
            patience.rest();
        }
    }

    @Override
    public void takeOut(RolloutContext context, Host host) {
        Instant end = patience.clock().instant().plus(SETTLE);
        while (true) {
            List<GaleraNode> seen = seen(context);
            Leaving leaving = GaleraLeaving.decide(seen, host.name());
            if (leaving instanceof Leaving.Refuse refuse) {
                throw failure(refuse.code(), refuse.sentence(), seen);
            }
            if (!(leaving instanceof Leaving.Wait wait)) {
                // what answers for the node goes last: it says "not Synced" while the node ends
                context.service()
                        .on(host)
                        .forEach(c -> convergence.stop(context, host, c.spec().name()));
                return;
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw failure(GaleraDecisions.NOT_SYNCED, "waits for " + wait.why(), seen);
            }
            patience.rest();
        }
    }

    @Override
    public String takingOut() {
        return "sends writers to another node, leaves the cluster gracefully, stops";
    }

    @Override
    public List<String> countingOn(RolloutContext others, Host gone) {
        return GaleraMembers.countingOn(seen(others), gone.name());
    }

    @Override
    public void reckonWith(RolloutContext members, Optional<Host> left) {
        GaleraMembers.letIn(members, seen(members), left);
    }

    @Override
    public int needed(int members) {
        return Majority.of(members);
    }

    @Override
    public void finish(RolloutContext context) {
        Host first = context.service().hosts().get(0);
        accounts.ensureMonitor(context, first);
        accounts.settleMonitor(context, first);
        List<Finding> bad = verify(context).stream().filter(f -> !f.good()).toList();
        if (!bad.isEmpty()) {
            throw RunbookFailure.person(
                    bad.get(0).code(),
                    bad.get(0).sentence(),
                    bad.stream().map(Finding::sentence).toList());
        }
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        return GaleraFindings.of(desired(context), seen(context));
    }

    private void act(
            RolloutContext context, Host host, GaleraDecision decision, List<GaleraNode> seen) {
        if (decision instanceof GaleraDecision.MakeData make) {
            bootstrap.makeData(context, host, make.moveAside());
        } else if (decision instanceof GaleraDecision.StartNewCluster) {
            bootstrap.startNewCluster(context, host);
        } else if (decision instanceof GaleraDecision.EndBootstrap) {
            bootstrap.end(context, host);
        } else if (decision instanceof GaleraDecision.Refresh) {
            for (DesiredContainer container : context.service().on(host)) {
                if (!container.spec().name().equals(GaleraSql.CONTAINER)) {
                    convergence.apply(context, host, container.spec().name());
                }
            }
        } else {
            if (decision instanceof GaleraDecision.Join) {
                refuseFenced(context, host, seen);
            }
            if (decision instanceof GaleraDecision.Replace) {
                // new connections go to another node first; HAProxy would notice seconds too late
                drainer.drain(context, host);
            }
            DesiredContainer mariadb = GaleraSql.container(context, host);
            convergence.apply(context, host, mariadb.spec(), budget(seen));
            if (decision instanceof GaleraDecision.Join) {
                followBranch(context, host, seen);
            }
        }
    }

    /** Whoever has joined has the history of the others, whatever it held before. */
    private static void followBranch(RolloutContext context, Host host, List<GaleraNode> seen) {
        member(context, seen)
                .ifPresent(m -> Branches.write(context, host, Branches.read(context, m)));
    }

    private static Optional<Host> member(RolloutContext context, List<GaleraNode> seen) {
        return seen.stream()
                .filter(GaleraNode.Read.class::isInstance)
                .map(GaleraNode.Read.class::cast)
                .filter(GaleraNode.Read::primary)
                .map(n -> host(context, n.host()))
                .findFirst();
    }

    /**
     * A recovery that went on without this host lets it in only empty: started as it is, it would
     * be refused by the others for ever. Nor may data join whose note says that they have parted
     * from the cluster's: by UUID and number alone Galera would take them for its own.
     */
    private static void refuseFenced(RolloutContext context, Host host, List<GaleraNode> seen) {
        Optional<Host> member = member(context, seen);
        if (member.isEmpty()) {
            return;
        }
        List<String> allowed = Allowlist.addresses(context, member.get());
        String address = Allowlist.address(context, host);
        boolean fenced = !allowed.isEmpty() && !allowed.contains(address);
        if (fenced || parted(context, host, member.get(), seen)) {
            throw RunbookFailure.person(
                    "KR-GALERA-009",
                    host.name(),
                    (fenced
                                    ? "was absent when the database was recovered and is fenced:"
                                            + " the cluster lets in only "
                                            + String.join(", ", allowed)
                                            + ", and this host is "
                                            + address
                                    : "has data of another branch of the history than "
                                            + member.get().name())
                            + "; start the runbook galera-recovery, which keeps its data aside and"
                            + " brings it in");
        }
    }

    private static boolean parted(
            RolloutContext context, Host host, Host member, List<GaleraNode> seen) {
        boolean data =
                seen.stream()
                        .filter(n -> n.host().equals(host.name()))
                        .anyMatch(n -> n instanceof GaleraNode.Read read && read.data());
        return data && !Branches.read(context, host).equals(Branches.read(context, member));
    }

    /** Something that is waited for, and what to say when it lasts. */
    private record Pending(String code, String sentence, Duration limit) {}

    private Optional<Pending> pending(GaleraDecision decision, List<GaleraNode> seen) {
        if (decision instanceof GaleraDecision.Wait wait) {
            boolean transfer = wait.code().equals(GaleraDecisions.NOT_SYNCED);
            return Optional.of(
                    new Pending(
                            wait.code(),
                            "waits for " + wait.why(),
                            transfer ? budget(seen) : SETTLE));
        }
        if (decision instanceof GaleraDecision.Refuse refuse) {
            // a connection may have broken for a moment; the other refusals do not pass
            boolean unread = refuse.code().equals(GaleraDecisions.UNREAD);
            return Optional.of(
                    new Pending(refuse.code(), refuse.sentence(), unread ? SETTLE : Duration.ZERO));
        }
        return Optional.empty();
    }

    /** What is seen once the first host's turn could begin; refuses what must not be begun. */
    private List<GaleraNode> settled(RolloutContext context) {
        List<GaleraNode> nodes = seen(context);
        String first = context.service().hosts().get(0).name();
        Instant end = patience.clock().instant().plus(SETTLE);
        while (true) {
            GaleraDecision decision = GaleraDecisions.decide(desired(context), nodes, first);
            Optional<Pending> pending =
                    pending(decision, nodes)
                            .filter(p -> !p.code.equals(GaleraDecisions.NOT_SYNCED));
            if (pending.isEmpty()) {
                return nodes;
            }
            boolean over =
                    pending.get().limit.isZero() || !patience.clock().instant().isBefore(end);
            if (over) {
                throw failure(pending.get().code, pending.get().sentence, nodes);
            }
            patience.rest();
            nodes = seen(context);
        }
    }

    private static Duration budget(List<GaleraNode> seen) {
        long bytes =
                seen.stream()
                        .filter(GaleraNode.Read.class::isInstance)
                        .mapToLong(n -> ((GaleraNode.Read) n).dataBytes())
                        .max()
                        .orElse(0);
        return SYNC_BASE.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    private static RunbookFailure failure(String code, String sentence, List<GaleraNode> seen) {
        return RunbookFailure.person(
                code, sentence, seen.stream().map(GaleraFindings::describe).toList());
    }

    private List<GaleraNode> seen(RolloutContext context) {
        return observation.observe(context);
    }

    private static void log(RolloutContext context, GaleraNode node) {
        context.journal().log(node.host(), GaleraFindings.describe(node));
    }

    private static GaleraDesired desired(RolloutContext context) {
        return new GaleraDesired(
                context.service().hosts().stream().map(Host::name).toList(),
                context.journal().run().value());
    }

    private static Host host(RolloutContext context, String name) {
        return context.service().hosts().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(ActionId.CLUSTER + name));
    }
}
