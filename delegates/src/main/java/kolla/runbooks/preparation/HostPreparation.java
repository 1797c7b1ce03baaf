package kolla.runbooks.preparation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.preflight.HostFacts;
import kolla.runbooks.preflight.HostFactsReader;
import kolla.runbooks.preflight.Preflight;
import kolla.runbooks.preflight.Problem;
import kolla.runbooks.preflight.Requirements;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Makes a bare machine a host of the cluster, and its name known to the others: packages of the
 * distribution, the engine's configuration and start, {@code /etc/hosts}, kernel settings. What is
 * decided, and what is refused, stands at {@link PreparationDecisions}. Stateless and thread-safe.
 *
 * <p>The hosts that have to know each other are those that serve something by the context's
 * deployment, and the newcomer; each of them has to answer. Every method takes a context of any
 * service; its cluster has the newcomer in its inventory.
 */
public final class HostPreparation {

    private final Patience patience;

    public HostPreparation(Patience patience) {
        this.patience = patience;
    }

    /**
     * The host of this name, or what is right.
     *
     * @throws RunbookFailure {@code KR-PREPARE-001} when the inventory has no such host
     */
    public static Host host(Deployment deployment, String name) {
        return deployment
                .cluster()
                .inventory()
                .find(name)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-PREPARE-001",
                                        "host: \""
                                                + name
                                                + "\" is not in the inventory of cluster "
                                                + deployment.cluster().name()
                                                + "; hosts that are: "
                                                + String.join(
                                                        ", ",
                                                        deployment
                                                                .cluster()
                                                                .inventory()
                                                                .hosts()
                                                                .stream()
                                                                .map(Host::name)
                                                                .toList())
                                                + ". Write it there first, with its address",
                                        List.of()));
    }

    /**
     * Looks what the newcomer lacks, and on which hosts its name is not known. Changes nothing.
     *
     * @throws RunbookFailure {@code KR-PREPARE-002} to {@code -004}, {@code -006}, {@code -007},
     *     {@code -010}: something that a person has to settle; all of it is in the evidence. {@code
     *     KR-HOST-…} when a host cannot be looked at
     */
    public PreparationPlan plan(RolloutContext context, Host newcomer) {
        return look(context, newcomer).plan();
    }

    /**
     * Looks again, does what is still needed, and verifies it.
     *
     * @throws RunbookFailure as {@link #plan} and {@link #verify}, and {@code KR-PREPARE-005} and
     *     {@code -008} when the engine or the package system does not follow
     */
    public void carryOut(RolloutContext context, Host newcomer) {
        Sight now = look(context, newcomer);
        Map<Host, List<Change>> names = new LinkedHashMap<>();
        List<Change> others = new ArrayList<>();
        for (Change change : now.plan().changes()) {
            if (change instanceof Change.Names) {
                Host host = context.cluster().inventory().host(change.host());
                names.computeIfAbsent(host, h -> new ArrayList<>()).add(change);
            } else {
                others.add(change);
            }
        }
        context.fanOut().all(List.copyOf(names.keySet()), h -> make(context, now, h, names.get(h)));
        make(context, now, newcomer, others);
        verify(context, newcomer);
    }

    /**
     * Looks that nothing is left to be done, and that the host passes the check that every runbook
     * begins with.
     *
     * @throws RunbookFailure {@code KR-PREPARE-009} with everything that is not as it should be
     */
    public void verify(RolloutContext context, Host newcomer) {
        PreparationPlan left = look(context, newcomer).plan();
        List<String> problems = new ArrayList<>();
        left.changes().forEach(c -> problems.add(c.host() + " still lacks: " + c.sentence()));
        Deployment deployment = context.deployment();
        HostFacts facts =
                new HostFactsReader(patience.clock())
                        .read(
                                context.connection(newcomer),
                                context.engine(newcomer),
                                deployment.vip(),
                                Wanted.hosts(deployment, newcomer).stream()
                                        .map(Host::name)
                                        .toList());
        context.journal().evidence(newcomer.name(), "facts", facts.toString());
        Preflight.decide(
                        deployment,
                        Map.of(newcomer, facts),
                        Requirements.of(context.cluster().globals()))
                .stream()
                // the others hold it, and they are not asked here
                .filter(
                        p ->
                                !p.check().equals("VIP")
                                        || facts.addresses().contains(deployment.vip()))
                .map(Problem::toString)
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw RunbookFailure.person(
                    ChangeMaking.NOT_AS_WANTED,
                    newcomer.name(),
                    "the host is not as it should be after its preparation; the first of "
                            + problems.size()
                            + ": "
                            + problems.get(0),
                    problems.toArray(String[]::new));
        }
        context.journal()
                .log(
                        newcomer.name(),
                        "is prepared: Docker "
                                + facts.engineVersion().orElse("?")
                                + ", every host of the cluster is known by name, and it to them");
    }

    private boolean make(RolloutContext context, Sight now, Host host, List<Change> changes) {
        ChangeMaking making =
                new ChangeMaking(
                        context.connection(host),
                        context.engine(host),
                        context.journal(),
                        patience,
                        now.seen().get(host.name()),
                        context.cluster().name());
        changes.forEach(making::make);
        return true;
    }

    /** What was seen, and what follows from it. */
    private record Sight(Map<String, HostSight> seen, PreparationPlan plan) {}

    private Sight look(RolloutContext context, Host newcomer) {
        Wanted wanted = Wanted.of(context.deployment(), newcomer);
        HostSightReader reader = new HostSightReader(patience.clock());
        Map<String, HostSight> seen = new LinkedHashMap<>();
        context.fanOut()
                .all(
                        Wanted.hosts(context.deployment(), newcomer),
                        h ->
                                reader.read(
                                        context.connection(h),
                                        engine(context, h, newcomer),
                                        wanted.addresses().keySet(),
                                        wanted.kernel().keySet()))
                .forEach((host, sight) -> seen.put(host.name(), sight));
        PreparationDecision decision = PreparationDecisions.decide(wanted, seen);
        refuse(context, decision.refusals());
        return new Sight(
                seen,
                new PreparationPlan(
                        wanted.cluster(), wanted.host(), decision.changes(), decision.notes()));
    }

    private static Optional<ContainerEngine> engine(
            RolloutContext context, Host host, Host newcomer) {
        return host.name().equals(newcomer.name())
                ? Optional.of(context.engine(host))
                : Optional.empty();
    }

    private static void refuse(RolloutContext context, List<Refusal> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        Refusal first = refusals.get(0);
        String more =
                refusals.size() == 1 ? "" : " (" + (refusals.size() - 1) + " more, all in the log)";
        context.journal().evidence(ActionId.CLUSTER, "refusals", refusals.toString());
        throw RunbookFailure.person(
                first.code(),
                first.host(),
                first.sentence() + more,
                refusals.stream().map(Refusal::toString).toArray(String[]::new));
    }
}
