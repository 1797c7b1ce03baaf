package kolla.runbooks.loadbalancer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.probe.VipMove;
import kolla.runbooks.rollout.ContainerDelta;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.rollout.TakingOut;

/**
 * Rolls HAProxy and Keepalived out: {@link BalancerDecisions} says which host may change. HAProxy
 * checks its new configuration before anything else happens on a host; where only configuration or
 * a certificate changed it is reloaded. The holder of the virtual address stops HAProxy, then
 * Keepalived, and goes on when another host has taken the address.
 */
public final class LoadBalancerRollout implements ServiceRollout {

    /** Longer than Keepalived needs to trust a restarted HAProxy again (ten checks, 2 s apart). */
    private static final Duration ELECTION = Duration.ofSeconds(60);

    private static final Set<ContainerDelta.Kind> INTERRUPTING =
            EnumSet.of(ContainerDelta.Kind.RESTART, ContainerDelta.Kind.RECREATE);

    private final HostConvergence convergence;
    private final Patience patience;
    private final BalancerObservation observation;

    public LoadBalancerRollout(HostConvergence convergence, Patience patience) {
        this.convergence = convergence;
        this.patience = patience;
        this.observation = new BalancerObservation(convergence);
    }

    @Override
    public String kind() {
        return "loadbalancer";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<BalancerNode> seen = readable(context);
        VrrpPassword.refuseChange(context);
        List<List<String>> order = BalancerDecisions.order(seen);
        List<String> certificates =
                new CertificatePlanning(context, patience.clock().instant()).sentences();
        if (order.isEmpty()) {
            return certificates;
        }
        List<String> sentences = new ArrayList<>();
        // which host holds it may change until the approval; the order follows it
        sentences.add(
                BalancerDecisions.holders(seen).isEmpty()
                        ? "nobody holds the virtual address "
                                + context.deployment().vip()
                                + " yet: load balancers side by side"
                        : "load balancers one at a time, the holder of the virtual address last");
        sentences.addAll(certificates);
        return sentences;
    }

    @Override
    public List<String> warnings(RolloutContext context) {
        return CertificatePlanning.warnings(context, patience.clock().instant());
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        return BalancerDecisions.order(readable(context)).stream()
                .map(batch -> batch.stream().map(name -> host(context, name)).toList())
                .toList();
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {}

    @Override
    public void converge(RolloutContext context, Host host) {
        Instant end = patience.clock().instant().plus(ELECTION);
        while (true) {
            List<BalancerNode> seen = observation.observe(context);
            BalancerDecision decision = BalancerDecisions.decide(seen, host.name());
            if (decision instanceof BalancerDecision.Nothing) {
                break;
            }
            if (decision instanceof BalancerDecision.Change change) {
                change(context, host, change.handOver());
                break;
            }
            if (!patience.clock().instant().isBefore(end)) {
                throw failure(decision);
            }
            patience.rest();
        }
        ShownCertificates.await(context, host, patience);
        awaitOneHolder(context, host);
    }

    /**
     * Keepalived ends first: it gives the address up by itself, and what clients send in the second
     * until another host has it is sent again by their TCP. With HAProxy stopped first, that second
     * would be refusals.
     */
    @Override
    public void takeOut(RolloutContext context, Host host) {
        Instant end = patience.clock().instant().plus(ELECTION);
        BalancerDecision decision = leaving(context, host);
        while (decision instanceof BalancerDecision.Wait
                && patience.clock().instant().isBefore(end)) {
            patience.rest();
            decision = leaving(context, host);
        }
        if (decision instanceof BalancerDecision.Change change) {
            if (change.handOver()) {
                VipMove.announce(context.journal(), host.name(), context.deployment().vip());
            }
            if (context.service().container(host, BalancerObservation.KEEPALIVED).isPresent()) {
                convergence.stop(context, host, BalancerObservation.KEEPALIVED);
            }
            if (change.handOver()) {
                awaitAnotherHolder(context, host);
            }
            TakingOut.stopAll(convergence, context, host);
            awaitOneHolder(context, host);
        } else if (!(decision instanceof BalancerDecision.Nothing)) {
            throw failure(decision);
        }
    }

    private BalancerDecision leaving(RolloutContext context, Host host) {
        return BalancerLeaving.decide(observation.holders(context), host.name());
    }

    @Override
    public String takingOut() {
        return "hands the virtual address over when this host holds it, then stops";
    }

    @Override
    public void finish(RolloutContext context) {
        // what HAProxy balances is not there yet when a cluster is new; verification looks later
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        List<Finding> findings =
                new ArrayList<>(BalancerFindings.of(context, observation.holders(context)));
        findings.addAll(ShownCertificates.findings(context));
        return findings;
    }

    private void change(RolloutContext context, Host host, boolean handOver) {
        HaproxyCheck.check(context, host);
        convergence.putFiles(context, host);
        if (handOver && interrupts(context, host)) {
            VipMove.announce(context.journal(), host.name(), context.deployment().vip());
            if (interrupts(context, host, HaproxySocket.CONTAINER)) {
                convergence.stop(context, host, HaproxySocket.CONTAINER);
            }
            convergence.stop(context, host, BalancerObservation.KEEPALIVED);
            awaitAnotherHolder(context, host);
        }
        convergence.apply(context, host);
    }

    private boolean interrupts(RolloutContext context, Host host) {
        return context.service().on(host).stream()
                .anyMatch(c -> interrupts(context, host, c.spec().name()));
    }

    private boolean interrupts(RolloutContext context, Host host, String container) {
        return context.service().container(host, container).isPresent()
                && INTERRUPTING.contains(convergence.delta(context, host, container).kind());
    }

    private void awaitAnotherHolder(RolloutContext context, Host host) {
        Optional<Boolean> taken =
                patience.until(
                        ELECTION,
                        () -> {
                            List<String> holders =
                                    BalancerDecisions.holders(observation.holders(context));
                            return holders.size() == 1 && !holders.contains(host.name())
                                    ? Optional.of(true)
                                    : Optional.empty();
                        });
        if (taken.isEmpty()) {
            throw RunbookFailure.person(
                    BalancerDecisions.NO_TAKER,
                    host.name(),
                    "no other host took the virtual address within "
                            + ELECTION.toSeconds()
                            + " s after Keepalived was stopped here; start it again (docker start"
                            + " keepalived) when nobody takes it");
        }
    }

    private void awaitOneHolder(RolloutContext context, Host host) {
        Optional<Boolean> one =
                patience.until(
                        ELECTION,
                        () ->
                                BalancerDecisions.holders(observation.holders(context)).size() == 1
                                        ? Optional.of(true)
                                        : Optional.empty());
        if (one.isEmpty()) {
            List<String> holders = BalancerDecisions.holders(observation.holders(context));
            throw RunbookFailure.person(
                    BalancerDecisions.HOLDERS,
                    "after the change on "
                            + host.name()
                            + " the virtual address "
                            + context.deployment().vip()
                            + " is on "
                            + (holders.isEmpty() ? "no host" : String.join(" and ", holders))
                            + " instead of exactly one",
                    List.of());
        }
    }

    private List<BalancerNode> readable(RolloutContext context) {
        List<BalancerNode> seen = observation.observe(context);
        BalancerDecision decision =
                BalancerDecisions.decide(seen, context.service().hosts().get(0).name());
        if (decision instanceof BalancerDecision.Refuse) {
            throw failure(decision);
        }
        return seen;
    }

    private static RunbookFailure failure(BalancerDecision decision) {
        if (decision instanceof BalancerDecision.Wait wait) {
            return RunbookFailure.person(
                    wait.code(), "waited in vain for " + wait.why(), List.of());
        }
        BalancerDecision.Refuse refuse = (BalancerDecision.Refuse) decision;
        return RunbookFailure.person(refuse.code(), refuse.sentence(), List.of());
    }

    private static Host host(RolloutContext context, String name) {
        return context.service().hosts().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("host: \"" + name + "\" is unknown"));
    }
}
