package kolla.runbooks.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/rolling-upgrade/rolling-upgrade.bpmn",
            "processes/rolling-upgrade/rolling-upgrade-start.form",
            "processes/rolling-upgrade/approve-upgrade.form",
            "processes/rolling-upgrade/go-on.form",
            "processes/check-target/check-target.bpmn",
            "processes/begin-upgrade/begin-upgrade.bpmn",
            "processes/roll-host/roll-host.bpmn",
            "processes/finish-upgrade/finish-upgrade.bpmn"
        })
class RollingUpgradeTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "rolling-upgrade"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    private final Deque<String> judgements = new ArrayDeque<>();

    @BeforeEach
    void twoHostsToChange() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "planUpgrade",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("changesNeeded", true);
                    execution.setVariable("goingBack", false);
                    execution.setVariable("soak", "PT5M");
                });
        STAND_INS.when(
                "confirmUpgrade",
                execution ->
                        execution.setVariable(
                                "next",
                                "approve".equals(execution.getVariable("decision"))
                                        ? "begin"
                                        : "reject"));
        STAND_INS.when("findBackup", execution -> execution.setVariable("backupFresh", true));
        STAND_INS.when(
                "listTurn",
                execution ->
                        execution.setVariable(
                                "turnServices", StandIns.variable("mariadb", "keystone")));
        STAND_INS.when(
                "judgeTurn",
                execution -> {
                    String[] judgement = judgements.remove().split(" ");
                    execution.setVariable("next", judgement[0]);
                    if (judgement.length > 1) {
                        execution.setVariable("turn", judgement[1]);
                    }
                });
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void theCanarySoaksIsAskedAboutAndTheOthersFollow() {
        judge("roll ctl2", "wait", "ask", "roll ctl1", "ask", "end");
        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("soak");
        Assertions.assertThat(STAND_INS.calls("convergeTurn"))
                .containsExactly("convergeTurn mariadb ctl2", "convergeTurn keystone ctl2");
        execute(job("soak"));
        runJobs();
        assertThat(run).isWaitingAt("goOn");
        answer(run, "approve");
        assertThat(run).isWaitingAt("goOn");
        answer(run, "approve");

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsSubsequence(
                        "takeLease",
                        "checkHosts",
                        "verifyHighAvailability",
                        "fetchTarget",
                        "planUpgrade",
                        "approvalGiven",
                        "confirmUpgrade",
                        "startProbe",
                        "findBackup",
                        "prepareServices",
                        "expandSchemas",
                        "convergeTurn keystone ctl2",
                        "verifyTurn ctl2",
                        "checkBudget ctl2",
                        "convergeTurn mariadb ctl1",
                        "verifyTurn ctl1",
                        "finishServices",
                        "contractSchemas",
                        "verifyHighAvailability",
                        "stopProbe",
                        "writeReport",
                        "noteResult ctl1",
                        "endRun ctl1");
        Assertions.assertThat(STAND_INS.calls("copyBackup")).isEmpty();
    }

    @Test
    void anOldBackupIsTakenAnewBeforeTheFirstHost() {
        STAND_INS.when("findBackup", execution -> execution.setVariable("backupFresh", false));
        judge("end");
        approved();

        Assertions.assertThat(STAND_INS.calls())
                .containsSubsequence(
                        "findBackup",
                        "planBackup",
                        "copyBackup",
                        "prepareBackup",
                        "queryBackup",
                        "prepareServices",
                        "expandSchemas",
                        "judgeTurn");
    }

    @Test
    void aTurnThatFailsIsAQuestionAndTheWayBackEndsAsSuch() {
        STAND_INS.when(
                "convergeTurn",
                execution -> {
                    if ("keystone".equals(execution.getVariable("service"))) {
                        throw new BpmnError("turnFailed", "KR-ROLLOUT-002 ctl2: it ended");
                    }
                });
        judge("roll ctl2", "ask", "roll ctl2", "end");
        ProcessInstance run = approved();

        assertThat(run)
                .isWaitingAt("goOn")
                .variables()
                .containsEntry("turnFailure", "KR-ROLLOUT-002 ctl2: it ended");
        Assertions.assertThat(runtimeService().createIncidentQuery().list()).isEmpty();
        Assertions.assertThat(STAND_INS.calls("verifyTurn")).isEmpty();

        STAND_INS.when("convergeTurn", execution -> {});
        runtimeService().setVariable(run.getId(), "goingBack", true);
        answer(run, "reject");

        assertThat(run).isEnded().variables().containsEntry("result", "wentBack");
        Assertions.assertThat(STAND_INS.calls("verifyTurn")).containsExactly("verifyTurn ctl2");
    }

    @Test
    void aQuestionThatNobodyAnswersIsJudgedAgainAndNothingElseHappens() {
        judge("ask", "ask");
        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("goOn");
        execute(job("goOnReminder"));
        execute(job("goOnExpired"));
        runJobs();

        assertThat(run).isWaitingAt("goOn");
        Assertions.assertThat(STAND_INS.calls("remindApprovers")).hasSize(1);
        Assertions.assertThat(STAND_INS.calls("judgeTurn")).hasSize(2);
        Assertions.assertThat(STAND_INS.calls("convergeTurn")).isEmpty();
    }

    @Test
    void nothingToChangeIsOnlyVerified() {
        STAND_INS.when(
                "planUpgrade",
                execution -> {
                    execution.setVariable("changesNeeded", false);
                    execution.setVariable("goingBack", false);
                });
        ProcessInstance run = start();
        runJobs();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls("approvalRequested", "convergeTurn")).isEmpty();
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = start();
        runJobs();

        answer(run, "reject");

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(STAND_INS.calls("prepareServices", "expandSchemas")).isEmpty();
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        ProcessInstance run = start();
        runJobs();

        assertThat(run).isWaitingAt("approvePlan");
        execute(job("reminderDue"));
        execute(job("approvalExpired"));

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(STAND_INS.calls("prepareServices", "expandSchemas")).isEmpty();
    }

    @Test
    void aPlanThatHasChangedIsAskedAgain() {
        STAND_INS.when("confirmUpgrade", execution -> execution.setVariable("next", "ask"));
        ProcessInstance run = start();
        runJobs();
        answer(run, "approve");

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(STAND_INS.calls("prepareServices")).isEmpty();
    }

    private void judge(String... inOrder) {
        judgements.addAll(List.of(inOrder));
    }

    private static ProcessInstance approved() {
        ProcessInstance run = start();
        runJobs();
        answer(run, "approve");
        return run;
    }

    private static void answer(ProcessInstance run, String decision) {
        complete(task(run), Map.of("decision", decision));
        runJobs();
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "rolling-upgrade", "OPS-1", Map.of("cluster", "lab", "runId", "run-1"));
    }

    private static void runJobs() {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            managementService().executeJob(due.get(0).getId());
        }
    }

    private static List<Job> due() {
        return managementService().createJobQuery().messages().withRetriesLeft().list();
    }
}
