package kolla.runbooks.processes;

import static kolla.runbooks.processes.StandIns.variable;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
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
            "processes/rolling-restart/rolling-restart.bpmn",
            "processes/rolling-restart/rolling-restart-start.form",
            "processes/rolling-restart/approve-restart.form",
            "processes/restart-service/restart-service.bpmn"
        })
class RollingRestartTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "rolling-restart"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void twoServicesOnTwoHosts() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planRestart",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("turns", variable("mariadb", "keystone"));
                });
        STAND_INS.when("confirmRestart", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "prepareService",
                execution -> execution.setVariable("batches", variable("ctl2", "ctl1")));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void restartsOneServiceAfterAnotherOnceItIsApproved() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "checkHosts",
                        "verifyHighAvailability",
                        "planRestart",
                        "approvalRequested",
                        "approvalGiven",
                        "confirmRestart",
                        "startProbe",
                        "prepareService mariadb",
                        "convergeBatch mariadb ctl2",
                        "verifyService mariadb ctl2",
                        "convergeBatch mariadb ctl1",
                        "verifyService mariadb ctl1",
                        "finishService mariadb",
                        "prepareService keystone",
                        "convergeBatch keystone ctl2",
                        "verifyService keystone ctl2",
                        "convergeBatch keystone ctl1",
                        "verifyService keystone ctl1",
                        "finishService keystone",
                        "verifyHighAvailability",
                        "checkBudget",
                        "stopProbe",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void nothingIsPlannedInAClusterThatIsDegradedAlready() {
        STAND_INS.fail("verifyHighAvailability", "KR-VERIFY-001: KR-GALERA-007@ctl3");
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isWaitingAt("gateHighAvailability");
        Assertions.assertThat(STAND_INS.calls("planRestart", "convergeBatch")).isEmpty();
    }

    @Test
    void nothingIsRestartedWhileTheProbeCannotUseTheCloud() {
        STAND_INS.fail("startProbe", "KR-PROBE-001: cannot use the cloud");
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isWaitingAt("startProbe");
        Assertions.assertThat(STAND_INS.calls("prepareService", "convergeBatch")).isEmpty();
    }

    @Test
    void aRejectedPlanRestartsNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "reject", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(STAND_INS.calls("confirmRestart", "prepareService")).isEmpty();
    }

    @Test
    void aPlanThatNoLongerHoldsIsAskedAgain() {
        STAND_INS.when("confirmRestart", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(STAND_INS.calls("prepareService")).isEmpty();
    }

    @Test
    void approversAreRemindedAndTheApprovalExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();

        fire("reminderDue");
        assertThat(run).isWaitingAt("approvePlan");
        fire("approvalExpired");

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(STAND_INS.calls("remindApprovers", "prepareService"))
                .containsExactly("remindApprovers");
    }

    @Test
    void aServiceThatFailsStopsTheRunBeforeTheNextServiceAndGoesOnAfterARetry() {
        STAND_INS.fail("convergeBatch", "KR-GALERA-004: ctl3 is not Synced");
        ProcessInstance run = start();
        DueJobs.runAll();
        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();
        assertThat(run).isWaitingAt("restartService");
        Assertions.assertThat(STAND_INS.calls("prepareService"))
                .containsExactly("prepareService mariadb");

        STAND_INS.when("convergeBatch", execution -> {});
        managementService()
                .setJobRetries(
                        managementService().createJobQuery().noRetriesLeft().singleResult().getId(),
                        1);
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "rolling-restart",
                        "OPS-1",
                        Map.of("cluster", "lab", "runId", "run-1", "ticket", "OPS-1"));
    }

    private static void fire(String timer) {
        managementService()
                .executeJob(
                        managementService()
                                .createJobQuery()
                                .activityId(timer)
                                .singleResult()
                                .getId());
        DueJobs.runAll();
    }
}
