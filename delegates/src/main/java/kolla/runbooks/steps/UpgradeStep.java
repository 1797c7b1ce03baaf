package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.upgrade.Road;
import kolla.runbooks.upgrade.Target;
import kolla.runbooks.upgrade.UpgradePlan;
import kolla.runbooks.upgrade.UpgradePlanning;

/** A step of the runbooks that roll host by host: rolling-upgrade and reconfigure. */
abstract class UpgradeStep extends Step {

    UpgradeStep(StepEnvironment environment) {
        super(environment);
    }

    /**
     * @throws RunbookFailure {@code KR-UPGRADE-001} when an upgrade names neither a release nor an
     *     image: then there is nowhere to go, and no way back from there
     */
    static void requireTarget(StepCall call) {
        if (road(call) == Road.UPGRADE && Target.of(call::parameter).isEmpty()) {
            throw RunbookFailure.person(
                    "KR-UPGRADE-001",
                    "release and images are both empty; name the release to go to, or the images",
                    List.of());
        }
    }

    static Road road(StepCall call) {
        return Road.of(call.asked().runbook());
    }

    static UpgradePlan plan(StepCall call, Deployment deployment) {
        UpgradePlan upgrade =
                new UpgradePlanning(call.environment().rollouts(), road(call))
                        .plan(anyService(call, deployment), call.parameter("canary"));
        List<String> notes = new ArrayList<>(upgrade.plan().notes());
        call.parameter("acceptViolations")
                .filter(a -> !a.isBlank())
                .ifPresent(a -> notes.add("accepts, before and between the hosts: " + a.strip()));
        if (ProbeStep.off(call.asked())) {
            notes.add("probe = off: nobody watches how clients fare, and no budget is kept");
        }
        Plan plan = upgrade.plan();
        return new UpgradePlan(
                new Plan(plan.cluster(), plan.changes(), notes),
                upgrade.turns(),
                upgrade.contracts());
    }

    /** Writes the plan down for its approver, and what the later steps go by. */
    static void write(StepCall call, Deployment target, UpgradePlan upgrade) {
        Asking.about(call, upgrade.plan());
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(target));
        call.set(
                Variable.WAY_BACK_DIGEST,
                DefinitionDigest.of(call.environment().deployment(call.clusterName())));
        call.setList(Variable.HOST_TURNS, upgrade.turns());
        call.set(Variable.CANARY, upgrade.turns().stream().findFirst().orElse(""));
        call.set(
                Variable.UPGRADING, String.join(",", UpgradePlanning.withNewImage(upgrade.plan())));
        // whoever has chosen hosts has others that still run the old version
        call.set(Variable.CONTRACTS, upgrade.contracts() && chosenHosts(call).isEmpty());
    }

    static RolloutContext anyService(StepCall call, Deployment deployment) {
        if (deployment.services().isEmpty()) {
            throw RunbookFailure.person(
                    "KR-DEFINITION-002",
                    "no service is enabled on any host of cluster " + call.clusterName(),
                    List.of());
        }
        return call.context(deployment, deployment.services().get(0));
    }

    /** The services of the deployment whose containers get another image in this run. */
    static List<DesiredService> upgrading(StepCall call, Deployment deployment) {
        List<String> names = call.names(Variable.UPGRADING);
        return deployment.services().stream().filter(s -> names.contains(s.name())).toList();
    }

    static List<String> chosenHosts(StepCall call) {
        return Target.words(call.parameter(Target.HOSTS).orElse(""));
    }

    /** The first host on which the service is to run the target's image. */
    static Host firstHost(StepCall call, DesiredService service) {
        List<String> chosen = chosenHosts(call);
        return service.hosts().stream()
                .filter(h -> chosen.isEmpty() || chosen.contains(h.name()))
                .findFirst()
                .orElse(service.hosts().get(0));
    }

    static Duration minutes(StepCall call, String parameter, int otherwise) {
        Optional<String> given = call.parameter(parameter);
        return Duration.ofMinutes(given.map(Integer::parseInt).orElse(otherwise));
    }
}
