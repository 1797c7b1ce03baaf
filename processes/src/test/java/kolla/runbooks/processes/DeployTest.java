package kolla.runbooks.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kolla.runbooks.processes.StandIns.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.formService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.historyService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/deploy/deploy.bpmn",
            "processes/deploy/deploy-start.form",
            "processes/deploy/approve-plan.form",
            "processes/roll-out-service/roll-out-service.bpmn"
        })
class DeployTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(Engine.countingCoverage(STAND_INS, "deploy"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void aPlanOfTwoWavesForThreeHosts() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planDeployment",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("changesNeeded", true);
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("waves", variable("mariadb,rabbitmq", "keystone"));
                });
        STAND_INS.when("confirmPlan", execution -> execution.setVariable("planHolds", true));
        STAND_INS.when(
                "splitWave",
                execution ->
                        execution.setVariableLocal(
                                "services",
                                variable(((String) execution.getVariable("wave")).split(",", -1))));
        STAND_INS.when(
                "prepareService",
                execution -> execution.setVariable("batches", variable("ctl1", "ctl2,ctl3")));
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void anUnchangedClusterIsOnlyVerified() {
        STAND_INS.when(
                "planDeployment", execution -> execution.setVariable("changesNeeded", false));
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "checkHosts",
                        "planDeployment",
                        "verifyHighAvailability",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void anApprovedPlanIsRolledOutWaveByWave() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(task(run)).hasCandidateGroup("approvers");

        complete(task(run), Map.of("decision", "approve", "planDigest", "digest-1"));
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls("confirmPlan", "pullImages", "splitWave")).hasSize(4);
        assertThat(STAND_INS.calls("prepareService", "convergeBatch", "finishService", "splitWave"))
                .startsWith("splitWave")
                .containsSubsequence(
                        "prepareService mariadb",
                        "convergeBatch mariadb ctl1",
                        "convergeBatch mariadb ctl2,ctl3",
                        "finishService mariadb",
                        "splitWave",
                        "prepareService keystone")
                .containsSubsequence(
                        "prepareService rabbitmq",
                        "convergeBatch rabbitmq ctl1",
                        "convergeBatch rabbitmq ctl2,ctl3",
                        "finishService rabbitmq",
                        "splitWave",
                        "prepareService keystone",
                        "convergeBatch keystone ctl1",
                        "convergeBatch keystone ctl2,ctl3",
                        "finishService keystone")
                .hasSize(14);
        assertThat(STAND_INS.calls())
                .endsWith("verifyHighAvailability", "writeReport", "noteResult", "endRun");
    }

    @Test
    void theFormsAreFoundFromTheDiagram() throws IOException {
        ProcessInstance run = start();
        DueJobs.runAll();

        try (InputStream start = formService().getDeployedStartForm(run.getProcessDefinitionId());
                InputStream approval = formService().getDeployedTaskForm(task(run).getId())) {
            assertThat(start).asString(UTF_8).contains("\"deploy-start\"");
            assertThat(approval).asString(UTF_8).contains("\"approve-plan\"");
        }
    }

    @Test
    void aServiceIsSeenByItsNameAndKnowsItsRun() {
        STAND_INS.fail("prepareService", "stop here");
        approve(start());

        assertThat(services())
                .extracting(ProcessInstance::getBusinessKey)
                .containsExactlyInAnyOrder("mariadb", "rabbitmq");
        assertThat(services())
                .allSatisfy(
                        service ->
                                assertThat(runtimeService().getVariables(service.getId()))
                                        .containsEntry("runId", "run-1")
                                        .containsEntry("cluster", "lab")
                                        .containsEntry("starter", "olga")
                                        .containsEntry("service", service.getBusinessKey()));
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        complete(task(run), Map.of("decision", "reject", "comment", "not on a Friday"));

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        assertThat(STAND_INS.calls()).endsWith("approvalGiven", "noteResult", "endRun");
        assertThat(STAND_INS.calls("confirmPlan", "pullImages", "prepareService")).isEmpty();
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        execute(job("approvalExpired"));

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        assertThat(STAND_INS.calls()).endsWith("approvalRequested", "noteResult", "endRun");
    }

    @Test
    void aReminderComesBeforeTheApprovalExpiresAndLeavesItOpen() {
        ProcessInstance run = start();
        DueJobs.runAll();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(job("reminderDue").getDuedate()).isBefore(job("approvalExpired").getDuedate());

        execute(job("reminderDue"));

        assertThat(STAND_INS.calls("remindApprovers")).hasSize(1);
        assertThat(run).isWaitingAtExactly("approvePlan").job("approvalExpired").isNotNull();
        complete(task(run), Map.of("decision", "approve"));
        DueJobs.runAll();
        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
    }

    @Test
    void aPlanThatChangedAfterItsApprovalIsAskedAgain() {
        STAND_INS.when(
                "confirmPlan",
                execution -> {
                    execution.setVariable("planHolds", false);
                    execution.setVariable("planDigest", "digest-2");
                });
        ProcessInstance run = start();
        approve(run);

        assertThat(run).isWaitingAt("approvePlan");
        assertThat(STAND_INS.calls("pullImages")).isEmpty();
        assertThat(runtimeService().getVariable(task(run).getExecutionId(), "planDigest"))
                .isEqualTo("digest-2");

        STAND_INS.when("confirmPlan", execution -> execution.setVariable("planHolds", true));
        approve(run);
        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls("approvalRequested", "approvalGiven"))
                .containsExactly(
                        "approvalRequested", "approvalGiven", "approvalRequested", "approvalGiven");
    }

    @Test
    void theDecisionAboutAnEarlierPlanSaysNothingAboutTheNextOne() {
        STAND_INS.when("confirmPlan", execution -> execution.setVariable("planHolds", false));
        ProcessInstance run = start();
        approve(run);

        complete(task(run));

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
    }

    @Test
    void aSubmittedDigestStaysWithTheTask() {
        ProcessInstance run = start();
        DueJobs.runAll();
        STAND_INS.when(
                "approvalGiven",
                execution -> assertThat(execution.getVariable("planDigest")).isEqualTo("another"));
        STAND_INS.fail("confirmPlan", "stop here");

        complete(task(run), Map.of("decision", "approve", "planDigest", "another"));

        assertThat(STAND_INS.calls()).endsWith("approvalGiven");
        assertThat(run).variables().containsEntry("planDigest", "digest-1");
    }

    @Test
    void aRefusedApprovalLeavesTheTaskOpen() {
        ProcessInstance run = start();
        DueJobs.runAll();
        STAND_INS.fail("approvalGiven", "the starter cannot approve");

        assertThatThrownBy(() -> complete(task(run), Map.of("decision", "approve")))
                .hasStackTraceContaining("the starter cannot approve");

        assertThat(run).isWaitingAt("approvePlan");
    }

    @Test
    void aFailedStepIsAnIncidentAndItsRetryGoesOnFromThere() {
        STAND_INS.fail("checkHosts", "KR-HOST-003 ctl2: disk full");
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(incidents())
                .singleElement()
                .satisfies(
                        incident -> {
                            assertThat(incident.getActivityId()).isEqualTo("checkHosts");
                            assertThat(incident.getIncidentMessage())
                                    .isEqualTo("KR-HOST-003 ctl2: disk full");
                        });
        STAND_INS.when("checkHosts", execution -> {});
        retry();
        assertThat(run).isWaitingAt("approvePlan");
        assertThat(STAND_INS.calls("registerRun", "takeLease", "checkHosts"))
                .containsExactly("registerRun", "takeLease", "checkHosts", "checkHosts");
        assertThat(incidents()).isEmpty();
    }

    @Test
    void aServiceThatFailsHoldsItsWaveWhileTheOthersFinish() {
        STAND_INS.when(
                "convergeBatch",
                execution -> {
                    if (execution.getVariable("service").equals("mariadb")) {
                        throw new IllegalStateException("KR-GALERA-004 ctl1: not Synced");
                    }
                });
        ProcessInstance run = start();
        approve(run);

        assertThat(incidents())
                .filteredOn(incident -> incident.getCauseIncidentId().equals(incident.getId()))
                .extracting(Incident::getActivityId)
                .containsExactly("convergeBatch");
        assertThat(STAND_INS.calls("finishService")).containsExactly("finishService rabbitmq");
        assertThat(STAND_INS.calls("splitWave")).hasSize(1);

        STAND_INS.when("convergeBatch", execution -> {});
        retry();
        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        assertThat(STAND_INS.calls("finishService"))
                .containsExactly(
                        "finishService rabbitmq",
                        "finishService mariadb",
                        "finishService keystone");
    }

    @Test
    void aCancelledRunIsEndedOnceAndHasNoResult() {
        STAND_INS.fail("prepareService", "stop here");
        ProcessInstance run = start();
        approve(run);

        runtimeService().deleteProcessInstance(run.getId(), "cancelled by olga");

        assertThat(run).isEnded().variables().doesNotContainKey("result");
        assertThat(STAND_INS.calls("endRun")).hasSize(1);
        assertThat(services()).isEmpty();
    }

    @Test
    void aRefusedStartLeavesNoRun() {
        STAND_INS.fail("registerRun", "cluster: 'LAB' is not known");

        assertThatThrownBy(DeployTest::start).hasStackTraceContaining("'LAB' is not known");

        assertThat(historyService().createHistoricProcessInstanceQuery().count()).isZero();
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "deploy",
                        "OPS-1",
                        Map.of(
                                "cluster",
                                "lab",
                                "ticket",
                                "OPS-1",
                                "reason",
                                "first deployment",
                                "runId",
                                "run-1",
                                "starter",
                                "olga"));
    }

    private static void approve(ProcessInstance run) {
        DueJobs.runAll();
        complete(task(run), Map.of("decision", "approve"));
        DueJobs.runAll();
    }

    /** What an operator does in Cockpit after the cause is mended. */
    private static void retry() {
        managementService()
                .createJobQuery()
                .noRetriesLeft()
                .list()
                .forEach(job -> managementService().setJobRetries(job.getId(), 1));
        DueJobs.runAll();
    }

    private static List<Incident> incidents() {
        return runtimeService().createIncidentQuery().list();
    }

    private static List<ProcessInstance> services() {
        return runtimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("rollOutService")
                .list();
    }
}
