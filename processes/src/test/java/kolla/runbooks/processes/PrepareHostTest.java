package kolla.runbooks.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/prepare-host/prepare-host.bpmn",
            "processes/prepare-host/prepare-host-start.form",
            "processes/prepare-host/approve-preparation.form"
        })
class PrepareHostTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "prepare-host"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void aPlanThatHolds() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planPreparation",
                execution -> {
                    execution.setVariable("changesNeeded", true);
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                });
        STAND_INS.when("confirmPreparation", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void preparesOnceThePlanIsApproved() {
        ProcessInstance run = start();
        runJobs();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        runJobs();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "planPreparation",
                        "approvalRequested",
                        "approvalGiven",
                        "confirmPreparation",
                        "prepareHost",
                        "verifyPreparation",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void nobodyIsAskedAboutAHostThatCannotBePrepared() {
        STAND_INS.fail("planPreparation", "KR-PREPARE-002 ctl4: it runs Rocky Linux 9");
        ProcessInstance run = start();

        runJobs();

        assertThat(run).isWaitingAt("planPreparation");
        Assertions.assertThat(STAND_INS.calls("approvalRequested", "prepareHost")).isEmpty();
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = start();
        runJobs();

        complete(task(run), Map.of("decision", "reject", "planDigest", "digest-1"));
        runJobs();

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(STAND_INS.calls("confirmPreparation", "prepareHost")).isEmpty();
    }

    @Test
    void aPlanThatNoLongerHoldsIsAskedAgain() {
        STAND_INS.when(
                "confirmPreparation", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        runJobs();

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        runJobs();

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(STAND_INS.calls("prepareHost")).isEmpty();
    }

    @Test
    void approversAreRemindedAndTheApprovalExpires() {
        ProcessInstance run = start();
        runJobs();

        fire("reminderDue");
        assertThat(run).isWaitingAt("approvePlan");
        fire("approvalExpired");

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(STAND_INS.calls("remindApprovers", "prepareHost"))
                .containsExactly("remindApprovers");
    }

    @Test
    void aPreparationThatIsCutShortIsRetriedWithoutAnotherApproval() {
        STAND_INS.fail("prepareHost", "KR-HOST-001: ctl4 is not reachable");
        ProcessInstance run = start();
        runJobs();
        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        runJobs();
        assertThat(run).isWaitingAt("prepareHost");

        STAND_INS.when("prepareHost", execution -> {});
        managementService()
                .setJobRetries(
                        managementService().createJobQuery().noRetriesLeft().singleResult().getId(),
                        1);
        runJobs();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls("approvalGiven", "prepareHost"))
                .containsExactly("approvalGiven", "prepareHost", "prepareHost");
    }

    @Test
    void nobodyIsAskedWhenTheHostIsPreparedAlready() {
        STAND_INS.when(
                "planPreparation", execution -> execution.setVariable("changesNeeded", false));
        ProcessInstance run = start();

        runJobs();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls("approvalRequested", "prepareHost")).isEmpty();
        Assertions.assertThat(STAND_INS.calls("verifyPreparation")).hasSize(1);
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "prepare-host",
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
        runJobs();
    }

    private static void runJobs() {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            try {
                managementService().executeJob(due.get(0).getId());
            } catch (RuntimeException e) {
                // The step failed as the test told it to; the engine keeps that as an incident.
                Assertions.assertThat(runtimeService().createIncidentQuery().list()).isNotEmpty();
            }
        }
    }

    private static List<Job> due() {
        return managementService().createJobQuery().messages().withRetriesLeft().list();
    }
}
