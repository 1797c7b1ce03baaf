package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.InventoryEdit;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.maintenance.Standing;
import kolla.runbooks.membership.MemberArithmetic.Row;
import kolla.runbooks.membership.Presence.Kind;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.Planner;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;

/** Looks at every host and makes the plan of a change of members. Changes nothing. */
public final class MemberPlanning {

    static final String TOO_FEW = "KR-MEMBERS-004";
    static final String EARLIER_LIFE = "KR-MEMBERS-008";

    private final Rollouts rollouts;
    private final HostMaintenance maintenance;

    public MemberPlanning(Rollouts rollouts, HostMaintenance maintenance) {
        this.rollouts = rollouts;
        this.maintenance = maintenance;
    }

    /**
     * Looks for the host that goes.
     *
     * @param context of any service of the cluster as it is defined
     */
    public Presence presence(RolloutContext context, MemberChange change) {
        return change.leaving()
                .map(
                        h ->
                                PresenceDecisions.decide(
                                        h.name(),
                                        PresenceLook.of(context, rollouts, h, change.settled())))
                .orElse(Presence.NOBODY);
    }

    /**
     * @param any of any service: the ways to the hosts
     * @param presence what was seen of the host that goes
     * @param preparing what is done to the host that comes before anything else
     * @param choices what the run was asked for besides
     * @throws RunbookFailure {@code KR-MEMBERS-004} when too few would be left, {@code
     *     KR-MEMBERS-005} when nobody may act on what was seen of the host that goes, {@code
     *     KR-MEMBERS-008} when the one that comes is not empty
     */
    public Plan plan(
            RolloutContext any,
            MemberChange change,
            Presence presence,
            List<String> preparing,
            InventoryEdit edit,
            MemberChoices choices) {
        MemberChange.require(change.request(), presence);
        change.requireOneService();
        refuseEarlierLife(at(any, change.joined()), change);
        List<Row> rows = rows(at(any, change.before()), change);
        List<String> refusals =
                MemberArithmetic.refusals(rows, change.request().leaving().orElse(""));
        if (!refusals.isEmpty()) {
            throw RunbookFailure.person(
                    TOO_FEW, "too few would be left: " + String.join("; ", refusals), refusals);
        }
        Plan plan = new Planner(rollouts).plan(at(any, change.others()));
        List<String> notes = new ArrayList<>();
        notes.addAll(MemberText.of(change, presence, rows, preparing, edit, choices));
        plan.notes().forEach(n -> notes.add("then, on the hosts that stay: " + n));
        return new Plan(plan.cluster(), plan.changes(), notes);
    }

    /** A database or broker that starts on old data would not become a member, or a wrong one. */
    private static void refuseEarlierLife(RolloutContext joined, MemberChange change) {
        change.joining()
                .ifPresent(
                        host -> {
                            List<String> found =
                                    PresenceLook.earlierLife(
                                            joined, change.joiningServices(), host);
                            if (!found.isEmpty()) {
                                throw RunbookFailure.person(
                                        EARLIER_LIFE,
                                        host.name(),
                                        "has data from an earlier life ("
                                                + String.join(", ", found)
                                                + "); a host that joins has to be empty: delete"
                                                + " them or reinstall it, then retry");
                            }
                        });
    }

    private static RolloutContext at(RolloutContext any, Deployment deployment) {
        return new RolloutContext(
                deployment,
                deployment.services().get(0),
                any.hosts(),
                any.engines(),
                any.fanOut(),
                any.journal());
    }

    private List<Row> rows(RolloutContext before, MemberChange change) {
        List<String> concerned = new ArrayList<>();
        change.leavingServices().forEach(s -> concerned.add(s.name()));
        change.joiningServices().stream()
                .map(DesiredService::name)
                .filter(s -> !concerned.contains(s))
                .forEach(concerned::add);
        List<Row> rows = new ArrayList<>();
        Optional<Host> leaving = change.leaving();
        for (String name : concerned) {
            List<String> was = names(change.before().find(name));
            List<String> will = names(change.settled().find(name));
            Optional<Standing> without =
                    leaving.flatMap(
                            h ->
                                    change.leavingServices().stream()
                                            .filter(s -> s.name().equals(name))
                                            .flatMap(
                                                    s ->
                                                            maintenance
                                                                    .standings(
                                                                            before, List.of(s), h)
                                                                    .stream())
                                            .findFirst());
            int needed =
                    change.settled()
                            .find(name)
                            .or(() -> change.before().find(name))
                            .map(s -> rollouts.of(s).needed(will.size()))
                            .orElse(1);
            rows.add(new Row(name, was, will, needed, without));
        }
        return rows;
    }

    private static List<String> names(Optional<DesiredService> service) {
        return service.map(s -> s.hosts().stream().map(Host::name).toList()).orElse(List.of());
    }

    /** Whether the host that goes has to be kept from coming back during the run. */
    public static boolean guards(MemberChange change) {
        return change.presence().kind() == Kind.GONE && !change.request().sameName();
    }
}
