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
            "processes/host-maintenance/host-maintenance.bpmn",
            "processes/host-maintenance/host-maintenance-start.form",
            "processes/host-maintenance/approve-maintenance.form",
            "processes/host-maintenance/host-is-out.form",
            "processes/bring-host-back/bring-host-back.bpmn"
        })
class HostMaintenanceTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "host-maintenance"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void twoServicesOnTheHost() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planMaintenance",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("turns", variable("loadbalancer", "mariadb"));
                    execution.setVariable("returns", variable("loadbalancer", "mariadb"));
                });
        STAND_INS.when("confirmMaintenance", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void takesTheHostOutWaitsForAPersonAndBringsItInAgain() {
        ProcessInstance run = approved();
        assertThat(run).isWaitingAt("hostIsOut");
        assertThat(task(run)).hasCandidateGroup("operators");

        complete(task(run), Map.of("comment", "new fan"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "checkHosts",
                        "verifyHighAvailability",
                        "planMaintenance",
                        "approvalRequested",
                        "approvalGiven",
                        "confirmMaintenance",
                        "takeServiceOut loadbalancer",
                        "takeServiceOut mariadb",
                        "verifyHostOut",
                        "holdBegun",
                        "holdEnded",
                        "checkHosts",
                        "pullImages",
                        "bringServiceBack loadbalancer",
                        "bringServiceBack mariadb",
                        "verifyHighAvailability",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void operatorsAreRemindedEveryDayAndTheHostStaysOut() {
        ProcessInstance run = approved();

        fire("dayPassed");
        fire("dayPassed");

        assertThat(run).isWaitingAt("hostIsOut");
        Assertions.assertThat(STAND_INS.calls("remindOperators")).hasSize(2);
        Assertions.assertThat(STAND_INS.calls("bringServiceBack", "noteResult")).isEmpty();
    }

    @Test
    void whereTooFewWouldBeLeftNobodyIsAskedAndNothingIsStopped() {
        STAND_INS.fail("planMaintenance", "KR-MAINTENANCE-002: 1 of 3 left, needed: 2");
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isWaitingAt("planMaintenance");
        Assertions.assertThat(STAND_INS.calls("approvalRequested", "takeServiceOut")).isEmpty();
    }

    @Test
    void aServiceThatCannotLeaveStopsBeforeTheNextOne() {
        STAND_INS.fail("takeServiceOut", "KR-LB-001 ctl1: nobody took the virtual address");
        ProcessInstance run = approved();
        assertThat(run).isWaitingAt("takeServiceOut");

        STAND_INS.when("takeServiceOut", execution -> {});
        retry();

        assertThat(run).isWaitingAt("hostIsOut");
        Assertions.assertThat(STAND_INS.calls("takeServiceOut"))
                .containsExactly(
                        "takeServiceOut loadbalancer",
                        "takeServiceOut loadbalancer",
                        "takeServiceOut mariadb");
    }

    @Test
    void aHostThatIsSaidToBeBackTooEarlyIsWaitedForByARetry() {
        ProcessInstance run = approved();
        STAND_INS.fail("checkHosts", "KR-PREFLIGHT-001 ctl2 reachable: no route to host");
        complete(task(run));
        DueJobs.runAll();
        assertThat(run).isWaitingAt("bringHostBack");
        Assertions.assertThat(STAND_INS.calls("bringServiceBack")).isEmpty();

        STAND_INS.when("checkHosts", execution -> {});
        retry();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
    }

    @Test
    void aRejectedPlanStopsNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "reject", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(STAND_INS.calls("takeServiceOut")).isEmpty();
    }

    @Test
    void aPlanThatNoLongerHoldsIsAskedAgain() {
        STAND_INS.when(
                "confirmMaintenance", execution -> execution.setVariable("planHolds", false));

        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(STAND_INS.calls("takeServiceOut")).isEmpty();
    }

    @Test
    void approversAreRemindedAndTheApprovalExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();

        fire("reminderDue");
        fire("approvalExpired");

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(STAND_INS.calls("remindApprovers", "takeServiceOut"))
                .containsExactly("remindApprovers");
    }

    @Test
    void aRunThatIsCancelledWhileTheHostIsOutGivesItsLeaseBack() {
        ProcessInstance run = approved();

        runtimeService().deleteProcessInstance(run.getId(), "cancelled by olga");

        assertThat(run).isEnded().variables().doesNotContainKey("result");
        Assertions.assertThat(STAND_INS.calls()).endsWith("endRun");
    }

    private static ProcessInstance approved() {
        ProcessInstance run = start();
        DueJobs.runAll();
        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();
        return run;
    }

    private static void retry() {
        managementService()
                .setJobRetries(
                        managementService().createJobQuery().noRetriesLeft().singleResult().getId(),
                        1);
        DueJobs.runAll();
    }

    private static ProcessInstance start() {
        ProcessInstance run =
                runtimeService()
                        .startProcessInstanceByKey(
                                "host-maintenance",
                                "OPS-1",
                                Map.of(
                                        "cluster", "lab", "runId", "run-1", "ticket", "OPS-1",
                                        "host", "ctl2"));
        assertThat(run).isWaitingAt("takeLease");
        return run;
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
