package kolla.runbooks.processes;

import static kolla.runbooks.processes.StandIns.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/galera-recovery/galera-recovery.bpmn",
            "processes/galera-recovery/galera-recovery-start.form",
            "processes/galera-recovery/approve-recovery.form"
        })
class GaleraRecoveryTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "galeraRecovery"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void threeHostsAreDown() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when("lookAtGalera", execution -> proposes(execution, "ask"));
        STAND_INS.when("confirmRecovery", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    private static void proposes(DelegateExecution execution, String proposal) {
        execution.setVariable("proposal", proposal);
        execution.setVariable("planDigest", "digest-1");
        execution.setVariable("joiners", variable("ctl1", "ctl3"));
        execution.setVariable("approvalExpiry", "PT8H");
        execution.setVariable("approvalReminder", "PT6H");
    }

    @Test
    void aHealthyClusterIsOnlyVerified() {
        STAND_INS.when("lookAtGalera", execution -> proposes(execution, "nothing"));
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "lookAtGalera",
                        "verifyRecovery",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void anApprovedRecoveryKeepsTheDataStartsOneAndJoinsTheOthersInOrder() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");
        assertThat(STAND_INS.calls("keepGaleraData", "makePrimary")).isEmpty();

        approve(run);

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls())
                .containsSubsequence(
                        "confirmRecovery",
                        "keepGaleraData",
                        "makePrimary",
                        "joinGaleraNode ctl1",
                        "joinGaleraNode ctl3",
                        "verifyRecovery",
                        "writeReport");
    }

    @Test
    void silentServersAreHaltedAndLookedAtAgain() {
        AtomicInteger looks = new AtomicInteger();
        STAND_INS.when(
                "lookAtGalera",
                execution -> proposes(execution, looks.getAndIncrement() == 0 ? "halt" : "ask"));
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        assertThat(STAND_INS.calls("lookAtGalera", "haltGalera"))
                .containsExactly("lookAtGalera", "haltGalera", "lookAtGalera");
    }

    @Test
    void aPlanThatDoesNotHoldOrNeedsAnotherPersonIsAskedAgain() {
        STAND_INS.when("confirmRecovery", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        DueJobs.runAll();
        approve(run);
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(STAND_INS.calls("keepGaleraData", "makePrimary")).isEmpty();

        STAND_INS.when("confirmRecovery", execution -> execution.setVariable("planHolds", true));
        approve(run);

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls("approvalGiven")).hasSize(2);
    }

    @Test
    void theChosenHostIsKnownToTheNextLookAndNotToTheNextApprover() {
        STAND_INS.when("confirmRecovery", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "approve", "chosenHost", "ctl3"));
        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        assertThat(runtimeService().getVariable(run.getId(), "chosenHost")).isEqualTo("ctl3");
        assertThat(runtimeService().getVariable(task(run).getExecutionId(), "chosenHost")).isNull();
    }

    @Test
    void aRejectedRecoveryStartsNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "reject", "comment", "ctl3 comes back in a minute"));

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        assertThat(STAND_INS.calls("confirmRecovery", "makePrimary")).isEmpty();
    }

    @Test
    void anApprovalThatNobodyGivesIsRemindedOfAndExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");

        execute(job("reminderDue"));
        assertThat(STAND_INS.calls("remindApprovers")).hasSize(1);
        assertThat(run).isWaitingAtExactly("approvePlan");
        execute(job("approvalExpired"));

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        assertThat(STAND_INS.calls("makePrimary")).isEmpty();
    }

    @Test
    void aJoinThatFailsIsTriedAgainFromThatHost() {
        STAND_INS.when(
                "joinGaleraNode",
                execution -> {
                    if ("ctl3".equals(execution.getVariable("joiner"))) {
                        throw new IllegalStateException("KR-RECOVERY-012 ctl3");
                    }
                });
        ProcessInstance run = start();
        DueJobs.runAll();
        approve(run);

        STAND_INS.when("joinGaleraNode", execution -> {});
        managementService()
                .createJobQuery()
                .noRetriesLeft()
                .list()
                .forEach(j -> managementService().setJobRetries(j.getId(), 1));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls("makePrimary", "joinGaleraNode"))
                .containsExactly(
                        "makePrimary",
                        "joinGaleraNode ctl1",
                        "joinGaleraNode ctl3",
                        "joinGaleraNode ctl3");
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "galera-recovery",
                        "OPS-9",
                        Map.of("runId", "run-9", "cluster", "lab", "starter", "olga"));
    }

    private static void approve(ProcessInstance run) {
        complete(task(run), Map.of("decision", "approve"));
        DueJobs.runAll();
    }
}
