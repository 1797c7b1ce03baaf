package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.maintenance.RestartPlan;
import kolla.runbooks.membership.MemberRequest;
import kolla.runbooks.parameters.Parameters;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.upgrade.Target;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * One execution of a step, with its variables as typed values.
 *
 * @param asked the run as it was registered
 */
record StepCall(
        StepEnvironment environment, DelegateExecution execution, Run asked, Journal journal) {

    RunId run() {
        return asked.id();
    }

    String clusterName() {
        return asked.cluster();
    }

    /**
     * What should be: the definition, or during an upgrade its target; on the way back the
     * definition again. While members change: the definition with that change over it, as far as it
     * has come.
     */
    Deployment deployment() {
        Optional<MemberRequest> members = Members.request(this);
        if (members.isPresent()) {
            return environment.deployment(
                    clusterName(), Map.of(), Members.now(this, members.get()));
        }
        Deployment defined = environment.deployment(clusterName());
        Optional<Target> target = goingBack() ? Optional.empty() : Target.of(this::parameter);
        return target.map(t -> t.over(defined, environment.deployment(clusterName(), t.extra())))
                .orElse(defined);
    }

    boolean goingBack() {
        return Boolean.parseBoolean(optional(Variable.GOING_BACK).orElse("false"));
    }

    /**
     * The deployment, which has to be the one that was planned.
     *
     * @throws RunbookFailure {@code KR-PLAN-001} when the cluster's definition has changed since
     */
    Deployment plannedDeployment() {
        Deployment now = deployment();
        String planned = text(Members.digestVariable(this));
        if (!planned.equals(DefinitionDigest.of(now))) {
            throw RunbookFailure.person(
                    "KR-PLAN-001",
                    "the definition of cluster "
                            + clusterName()
                            + " has changed since the plan was approved; put it back and retry this"
                            + " step, or cancel the run and start a new one",
                    List.of("definition now: " + DefinitionDigest.of(now), "planned: " + planned));
        }
        return now;
    }

    /** A parameter of the run as it was asked for; empty when nobody said and none is assumed. */
    Optional<String> parameter(String name) {
        return Parameters.text(asked.parameters(), name);
    }

    /** With the processes that the run's plan asks to replace, if it is such a plan. */
    RolloutContext plannedContext(Deployment deployment, DesiredService service) {
        return context(deployment, service)
                .asking(RestartPlan.asked(environment.plans().newest(run()).map(PlanRecord::json)));
    }

    RolloutContext context(Deployment deployment, DesiredService service) {
        return new RolloutContext(
                deployment,
                service,
                environment.hosts(),
                environment.engines(),
                environment.fanOut(),
                journal);
    }

    /**
     * @throws IllegalStateException when the variable is not there: the BPMN is wrong
     */
    String text(String name) {
        return optional(name)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "process variable "
                                                + name
                                                + " is missing in "
                                                + execution.getCurrentActivityId()));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(execution.getVariable(name)).map(String::valueOf);
    }

    /** A comma-joined variable as a list; empty parts are left out. */
    List<String> names(String variable) {
        return List.of(text(variable).split(",")).stream().filter(s -> !s.isBlank()).toList();
    }

    void set(String name, Object value) {
        execution.setVariable(name, value);
    }

    void setList(String name, List<String> values) {
        execution.setVariable(name, new ArrayList<>(values));
    }
}
