package kolla.runbooks.rabbitmq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Leaving;
import kolla.runbooks.rollout.Majority;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.rollout.TakingOut;

/**
 * Rolls a RabbitMQ cluster out: observes the brokers, asks {@link RabbitDecisions} what may be done
 * to the host whose turn it is, does it, and looks again until nothing is left to do there.
 */
public final class RabbitRollout implements ServiceRollout {

    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(4);

    private final HostConvergence convergence;
    private final Patience patience;
    private final RabbitObservation observation;
    private final RabbitMaintenance maintenance;
    private final RabbitAccounts accounts;

    public RabbitRollout(HostConvergence convergence, RabbitAccounts accounts, Patience patience) {
        this.accounts = accounts;
        this.convergence = convergence;
        this.patience = patience;
        this.observation = new RabbitObservation(convergence);
        this.maintenance = new RabbitMaintenance(patience);
    }

    @Override
    public String kind() {
        return "rabbitmq";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        RabbitPasswords.refuseAnotherCookie(context, observation.withoutAsking(context));
        List<List<String>> order = order(context);
        if (order.isEmpty()) {
            return List.of();
        }
        // its password stands in a file of the brokers, so that a change of it is one of theirs too
        List<String> sentences = new ArrayList<>(RabbitPasswords.preview(context));
        sentences.add(
                "brokers in this order, those in brackets side by side: "
                        + String.join(", ", order.stream().map(List::toString).toList()));
        return sentences;
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        return order(context).stream()
                .map(batch -> batch.stream().map(name -> host(context, name)).toList())
                .toList();
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {}

    @Override
    public void converge(RolloutContext context, Host host) {
        Instant begun = patience.clock().instant();
        String said = "";
        Set<Class<?>> acted = new HashSet<>();
        while (true) {
            List<RabbitNode> seen = observation.observe(context);
            RabbitDecision decision = RabbitDecisions.decide(seen, host.name());
            if (decision instanceof RabbitDecision.Nothing) {
                return;
            }
            Optional<Pending> pending = pending(decision);
            if (pending.isEmpty()) {
                if (!acted.add(decision.getClass())) {
                    throw RunbookFailure.person(
                            "KR-ROLLOUT-006",
                            host.name(),
                            "the broker was brought to what it should be and differs again",
                            describe(seen).toArray(String[]::new));
                }
                act(context, host, decision);
                begun = patience.clock().instant();
                continue;
            }
            Pending waits = pending.get();
            if (!patience.clock().instant().isBefore(begun.plus(waits.limit))) {
                throw RunbookFailure.person(waits.code, waits.sentence, describe(seen));
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
            List<RabbitNode> seen = observation.observe(context);
            Leaving leaving = RabbitLeaving.decide(seen, host.name());
            if (leaving instanceof Leaving.Refuse refuse) {
                throw RunbookFailure.person(refuse.code(), refuse.sentence(), describe(seen));
            }
            if (!(leaving instanceof Leaving.Wait wait)) {
                if (leaving instanceof Leaving.Leave) {
                    maintenance.drain(context, host);
                }
                TakingOut.stopAll(convergence, context, host);
                return;
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw RunbookFailure.person(
                        RabbitDecisions.NOT_RUNNING,
                        "waited in vain for " + wait.why(),
                        describe(seen));
            }
            patience.rest();
        }
    }

    @Override
    public String takingOut() {
        return "is asked whether a quorum depends on it, drained, stopped";
    }

    @Override
    public List<String> countingOn(RolloutContext others, Host gone) {
        return RabbitMembers.countingOn(others, gone);
    }

    @Override
    public void reckonWith(RolloutContext members, Optional<Host> left) {
        left.ifPresent(host -> RabbitMembers.forget(members, host));
    }

    @Override
    public void spread(RolloutContext members, Host joined) {
        RabbitMembers.spread(members, joined);
    }

    @Override
    public List<Finding> traces(RolloutContext members, Host left) {
        return RabbitMembers.traces(members, left);
    }

    @Override
    public int needed(int members) {
        return Majority.of(members);
    }

    @Override
    public void finish(RolloutContext context) {
        context.service().broker().ifPresent(a -> accounts.ensure(context, a));
        MirroredPolicy.ensure(context);
        Optional<List<Finding>> whole =
                patience.until(
                        SETTLE,
                        () ->
                                Optional.of(verify(context))
                                        .filter(f -> f.stream().allMatch(Finding::good)));
        if (whole.isEmpty()) {
            List<Finding> bad = verify(context).stream().filter(f -> !f.good()).toList();
            if (!bad.isEmpty()) {
                throw RunbookFailure.person(
                        bad.get(0).code(),
                        bad.get(0).sentence(),
                        bad.stream().map(Finding::sentence).toList());
            }
        }
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        return RabbitFindings.of(context);
    }

    private void act(RolloutContext context, Host host, RabbitDecision decision) {
        if (decision instanceof RabbitDecision.Create) {
            for (BootstrapJob job : context.service().bootstrap()) {
                convergence.runBootstrap(context, host, job);
            }
            convergence.apply(context, host);
        } else if (decision instanceof RabbitDecision.Start) {
            convergence.apply(context, host);
        } else if (decision instanceof RabbitDecision.Replace) {
            maintenance.drain(context, host);
            convergence.apply(context, host);
        } else {
            maintenance.awaitQuorums(context, host);
            maintenance.revive(context, host);
        }
    }

    private record Pending(String code, String sentence, Duration limit) {}

    private static Optional<Pending> pending(RabbitDecision decision) {
        if (decision instanceof RabbitDecision.Wait wait) {
            return Optional.of(new Pending(wait.code(), "waits for " + wait.why(), START));
        }
        if (decision instanceof RabbitDecision.Refuse refuse) {
            boolean unread = refuse.code().equals(RabbitDecisions.UNREAD);
            return Optional.of(
                    new Pending(refuse.code(), refuse.sentence(), unread ? SETTLE : Duration.ZERO));
        }
        return Optional.empty();
    }

    private List<List<String>> order(RolloutContext context) {
        // the brokers' own tools take seconds; they are asked only when something is to be done
        List<RabbitNode> quick = observation.withoutAsking(context);
        if (quick.stream().allMatch(n -> n instanceof RabbitNode.Read read && read.settled())) {
            return List.of();
        }
        List<RabbitNode> seen = observation.observe(context);
        List<Host> hosts = context.service().hosts();
        RabbitDecision first = RabbitDecisions.decide(seen, hosts.get(0).name());
        if (first instanceof RabbitDecision.Refuse refuse) {
            throw RunbookFailure.person(refuse.code(), refuse.sentence(), describe(seen));
        }
        return RabbitDecisions.order(seen);
    }

    static List<String> describe(List<RabbitNode> seen) {
        List<String> lines = new ArrayList<>();
        for (RabbitNode node : seen) {
            lines.add(
                    node instanceof RabbitNode.Read read
                            ? read.describe()
                            : node.host() + ": not read, " + ((RabbitNode.Unread) node).why());
        }
        return lines;
    }

    private static Host host(RolloutContext context, String name) {
        return context.service().hosts().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("host: \"" + name + "\" is unknown"));
    }

    static boolean answers(RolloutContext context, Host host) {
        ContainerEngine engine = context.engine(host);
        return engine.inspect(RabbitCli.CONTAINER).map(c -> c.running()).orElse(false);
    }
}
