package kolla.runbooks.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the runbooks promise that change who is a member: the host that comes serves before the one
 * that goes leaves, and gets the virtual address last.
 */
abstract class MembersContract {

    private final StandIns steps;
    private final ProcessEngine engine;
    private final String runbook;

    /**
     * @param runbook the key of its process
     */
    MembersContract(StandIns steps, ProcessEngine engine, String runbook) {
        this.steps = steps;
        this.engine = engine;
        this.runbook = runbook;
    }

    @BeforeEach
    void aPlanThatHolds() {
        init(engine);
        steps.reset();
        steps.when(
                "planMembers",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("presence", "THERE");
                    execution.setVariable("joinServices", StandIns.variable("mariadb", "keystone"));
                    execution.setVariable(
                            "leaveServices", StandIns.variable("keystone", "mariadb"));
                    execution.setVariable(
                            "settleServices", StandIns.variable("loadbalancer", "mariadb"));
                    execution.setVariable("admitServices", StandIns.variable("loadbalancer"));
                });
        steps.when(
                "confirmMembers",
                execution ->
                        execution.setVariable(
                                "next",
                                "approve".equals(execution.getVariable("decision"))
                                        ? "begin"
                                        : "reject"));
        steps.when("prepareMember", execution -> execution.setVariable("stage", "JOINING"));
        steps.when("forgetLeft", execution -> execution.setVariable("stage", "SETTLING"));
        steps.when("verifyJoined", execution -> execution.setVariable("stage", "ADMITTING"));
        steps.when(
                "prepareService",
                execution ->
                        execution.setVariable(
                                "batches",
                                StandIns.variable(String.valueOf(execution.getVariable("stage")))));
        steps.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void whoComesServesBeforeWhoGoesLeavesAndMayHoldTheAddressLast() {
        ProcessInstance run = approved();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(
                        steps.calls().stream()
                                .filter(c -> !c.startsWith("prepareService"))
                                .filter(c -> !c.startsWith("finishService")))
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "planMembers",
                        "approvalRequested",
                        "approvalGiven",
                        "confirmMembers",
                        "startProbe",
                        "prepareMember",
                        "forgetGone",
                        "convergeBatch mariadb JOINING",
                        "convergeBatch keystone JOINING",
                        "spreadCopies",
                        "takeMemberOut keystone",
                        "takeMemberOut mariadb",
                        "forgetLeft",
                        "convergeBatch loadbalancer SETTLING",
                        "convergeBatch mariadb SETTLING",
                        "verifyJoined",
                        "convergeBatch loadbalancer ADMITTING",
                        "clearMember",
                        "verifyHighAvailability",
                        "verifyMembers",
                        "writeInventory",
                        "checkBudget",
                        "stopProbe",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void nothingLeavesWhenWhatComesDoesNotServe() {
        steps.fail("convergeBatch", "KR-GALERA-004: ctl4 is not Synced");

        ProcessInstance run = approved();

        assertThat(run).isNotEnded();
        Assertions.assertThat(steps.calls("takeMemberOut", "forgetLeft", "clearMember")).isEmpty();

        steps.when("convergeBatch", execution -> {});
        managementService()
                .setJobRetries(
                        managementService().createJobQuery().noRetriesLeft().singleResult().getId(),
                        1);
        DueJobs.runAll();
        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(steps.calls("approvalRequested", "prepareMember", "forgetGone"))
                .containsExactly("approvalRequested", "prepareMember", "forgetGone");
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = asked();

        complete(task(run), Map.of("decision", "reject", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(steps.calls("startProbe", "prepareMember", "forgetGone")).isEmpty();
    }

    @Test
    void aPlanThatHasChangedIsAskedAboutAgain() {
        steps.when("confirmMembers", execution -> execution.setVariable("next", "ask"));

        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(steps.calls("startProbe", "prepareMember", "forgetGone")).isEmpty();
    }

    @Test
    void approversAreRemindedAndTheApprovalExpires() {
        ProcessInstance run = asked();

        execute(job("reminderDue"));
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        execute(job("approvalExpired"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(steps.calls("remindApprovers", "startProbe", "prepareMember"))
                .containsExactly("remindApprovers");
    }

    private ProcessInstance asked() {
        ProcessInstance run =
                runtimeService()
                        .startProcessInstanceByKey(
                                runbook,
                                "OPS-1",
                                Map.of("cluster", "lab", "runId", "run-1", "ticket", "OPS-1"));
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");
        return run;
    }

    private ProcessInstance approved() {
        ProcessInstance run = asked();
        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();
        return run;
    }
}
