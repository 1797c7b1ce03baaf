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
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/mariadb-restore/mariadb-restore.bpmn",
            "processes/mariadb-restore/mariadb-restore-start.form",
            "processes/mariadb-restore/approve-restore.form"
        })
class MariadbRestoreTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "mariadb-restore"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void aPlanForThreeHosts() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planRestore",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("joiners", StandIns.variable("ctl2", "ctl3"));
                });
        STAND_INS.when("confirmRestore", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void anApprovedBackupIsPutBesideTheOldDataBeforeAnythingIsStopped() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");
        Assertions.assertThat(STAND_INS.calls("stageRestore", "swapData")).isEmpty();

        approve(run);

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "planRestore",
                        "approvalRequested",
                        "approvalGiven",
                        "confirmRestore",
                        "stageRestore",
                        "swapData",
                        "startRestored",
                        "joinRestored ctl2",
                        "joinRestored ctl3",
                        "verifyRestore",
                        "verifyHighAvailability",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "reject"));

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(STAND_INS.calls("confirmRestore", "stageRestore", "swapData"))
                .isEmpty();
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        execute(job("reminderDue"));
        execute(job("approvalExpired"));

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(STAND_INS.calls("remindApprovers")).hasSize(1);
        Assertions.assertThat(STAND_INS.calls("stageRestore", "swapData")).isEmpty();
    }

    @Test
    void whatChangedSinceTheApprovalIsAskedAgain() {
        STAND_INS.when("confirmRestore", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        DueJobs.runAll();
        approve(run);

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(STAND_INS.calls("stageRestore", "swapData")).isEmpty();
    }

    @Test
    void aHostThatDoesNotJoinIsGoneOnWithAfterARetryAndNothingIsSwappedAgain() {
        STAND_INS.when(
                "joinRestored",
                execution -> {
                    if (execution.getVariable("joiner").equals("ctl3")) {
                        throw new IllegalStateException("KR-RECOVERY-012 ctl3: ended");
                    }
                });
        ProcessInstance run = start();
        DueJobs.runAll();
        approve(run);
        Assertions.assertThat(STAND_INS.calls("verifyRestore")).isEmpty();

        STAND_INS.when("joinRestored", execution -> {});
        managementService()
                .setJobRetries(
                        managementService().createJobQuery().noRetriesLeft().singleResult().getId(),
                        1);
        DueJobs.runAll();

        assertThat(run).isEnded();
        Assertions.assertThat(STAND_INS.calls("swapData", "startRestored"))
                .containsExactly("swapData", "startRestored");
        Assertions.assertThat(STAND_INS.calls("joinRestored")).hasSize(3);
    }

    private static void approve(ProcessInstance run) {
        complete(task(run), Map.of("decision", "approve"));
        DueJobs.runAll();
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "mariadb-restore",
                        "OPS-1",
                        Map.of(
                                "cluster",
                                "lab",
                                "runId",
                                "run-1",
                                "backup",
                                "full-20261122-170502-04gsdhkc"));
    }
}
