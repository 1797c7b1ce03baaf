package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.InventoryEdit;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.membership.MemberChoices;
import kolla.runbooks.membership.MemberPlanning;
import kolla.runbooks.membership.MemberRequest;
import kolla.runbooks.membership.Presence;
import kolla.runbooks.rollout.Plan;

/** The plan of a change of members, made and written down. */
final class PlanningMembers {

    private static final int SHOWN = 16;

    private PlanningMembers() {}

    /** Looks at every host; changes nothing. */
    static Plan write(StepCall call) {
        StepEnvironment environment = call.environment();
        MemberRequest request = Members.request(call).orElseThrow();
        MemberPlanning planning =
                new MemberPlanning(environment.rollouts(), environment.maintenance());
        MemberChange asked = Members.change(call, Presence.Kind.NOBODY);
        requireServices(call, asked);
        Presence presence = planning.presence(Members.at(call, asked.before()), asked);
        MemberChange change = Members.change(call, presence.kind());
        InventoryEdit edit = environment.clusters().edit(call.clusterName(), request.whole());
        Plan plan =
                planning.plan(
                        Members.at(call, change.before()),
                        change,
                        presence,
                        Preparing.sentences(call, change),
                        edit,
                        MemberChoices.of(call::parameter));
        Plan whole = withWhatElseIsApproved(call, plan, change);
        Asking.about(call, whole);
        note(call, change, presence);
        return whole;
    }

    /** What the host that comes gets is not shown line by line, and still is what is approved. */
    private static Plan withWhatElseIsApproved(StepCall call, Plan plan, MemberChange change) {
        List<String> notes = new ArrayList<>(plan.notes());
        call.parameter("acceptViolations")
                .filter(a -> !a.isBlank())
                .ifPresent(a -> notes.add("ACCEPTS, at every look: " + a.strip()));
        if (ProbeStep.off(call.asked())) {
            notes.add("probe = off: nobody watches how clients fare");
        }
        notes.add(
                "the definition that is rolled out has the digests "
                        + DefinitionDigest.of(change.joined()).substring(0, SHOWN)
                        + " and "
                        + DefinitionDigest.of(change.settled()).substring(0, SHOWN));
        return new Plan(plan.cluster(), plan.changes(), notes);
    }

    private static void requireServices(StepCall call, MemberChange asked) {
        if (asked.before().services().isEmpty()) {
            throw RunbookFailure.person(
                    "KR-DEFINITION-002",
                    "no service is enabled on any host of cluster " + call.clusterName(),
                    List.of());
        }
    }

    /** What the later steps go by. */
    private static void note(StepCall call, MemberChange change, Presence presence) {
        call.set(Variable.PRESENCE, presence.kind().name());
        call.set(Variable.JOINING_DIGEST, DefinitionDigest.of(change.joined()));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(change.settled()));
        List<DesiredService> leaving = new ArrayList<>();
        if (presence.reachable()) {
            leaving.addAll(HostMaintenance.leaving(change.leavingServices()));
        }
        String joining = change.joining().map(Host::name).orElse("");
        call.setList(
                Variable.JOIN_SERVICES,
                names(
                        change.joiningServices().stream()
                                .filter(s -> !Members.balances(s))
                                .toList()));
        call.setList(Variable.LEAVE_SERVICES, names(leaving));
        call.setList(Variable.SETTLE_SERVICES, names(change.settled().services()));
        call.setList(
                Variable.ADMIT_SERVICES,
                names(
                        change.settled().services().stream()
                                .filter(Members::balances)
                                .filter(
                                        s ->
                                                s.hosts().stream()
                                                        .anyMatch(h -> h.name().equals(joining)))
                                .toList()));
    }

    private static List<String> names(List<DesiredService> services) {
        return services.stream().map(DesiredService::name).toList();
    }
}
