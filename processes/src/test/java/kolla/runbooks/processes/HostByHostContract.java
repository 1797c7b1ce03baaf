package kolla.runbooks.processes;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the runbooks promise that change one host after another: a canary that soaks, questions
 * between two hosts, a way back.
 */
abstract class HostByHostContract {

    private final StandIns steps;
    private final ProcessEngine engine;
    private final String runbook;
    private final Deque<String> judgements = new ArrayDeque<>();

    /**
     * @param runbook the key of its process
     */
    HostByHostContract(StandIns steps, ProcessEngine engine, String runbook) {
        this.steps = steps;
        this.engine = engine;
        this.runbook = runbook;
    }

    @BeforeEach
    void twoHostsToChange() {
        init(engine);
        steps.reset();
        steps.when(
                "planUpgrade",
                execution -> {
                    execution.setVariable("planDigest", "digest-1");
                    execution.setVariable("approvalExpiry", "PT8H");
                    execution.setVariable("approvalReminder", "PT6H");
                    execution.setVariable("changesNeeded", true);
                    execution.setVariable("goingBack", false);
                    execution.setVariable("soak", "PT5M");
                });
        steps.when(
                "confirmUpgrade",
                execution ->
                        execution.setVariable(
                                "next",
                                "approve".equals(execution.getVariable("decision"))
                                        ? "begin"
                                        : "reject"));
        steps.when("findBackup", execution -> execution.setVariable("backupFresh", true));
        steps.when(
                "listTurn",
                execution ->
                        execution.setVariable(
                                "turnServices", StandIns.variable("mariadb", "keystone")));
        steps.when(
                "judgeTurn",
                execution -> {
                    String[] judgement = judgements.remove().split(" ");
                    execution.setVariable("next", judgement[0]);
                    if (judgement.length > 1) {
                        execution.setVariable("turn", judgement[1]);
                    }
                });
        steps.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void theCanarySoaksIsAskedAboutAndTheOthersFollow() {
        judge("roll ctl2", "wait", "ask", "roll ctl1", "ask", "end");
        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("soak");
        Assertions.assertThat(steps.calls("convergeTurn"))
                .containsExactly("convergeTurn mariadb ctl2", "convergeTurn keystone ctl2");
        execute(job("soak"));
        DueJobs.runAll();
        assertThat(run).isWaitingAt("goOn");
        answer(run, "approve");
        assertThat(run).isWaitingAt("goOn");
        answer(run, "approve");

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(steps.calls())
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
        Assertions.assertThat(steps.calls("copyBackup")).isEmpty();
    }

    @Test
    void anOldBackupIsTakenAnewBeforeTheFirstHost() {
        steps.when("findBackup", execution -> execution.setVariable("backupFresh", false));
        judge("end");
        approved();

        Assertions.assertThat(steps.calls())
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
        steps.when(
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
        Assertions.assertThat(steps.calls("verifyTurn")).isEmpty();

        steps.when("convergeTurn", execution -> {});
        runtimeService().setVariable(run.getId(), "goingBack", true);
        answer(run, "reject");

        assertThat(run).isEnded().variables().containsEntry("result", "wentBack");
        Assertions.assertThat(steps.calls("verifyTurn")).containsExactly("verifyTurn ctl2");
    }

    @Test
    void aQuestionThatNobodyAnswersIsJudgedAgainAndNothingElseHappens() {
        judge("ask", "ask");
        ProcessInstance run = approved();

        assertThat(run).isWaitingAt("goOn");
        execute(job("goOnReminder"));
        execute(job("goOnExpired"));
        DueJobs.runAll();

        assertThat(run).isWaitingAt("goOn");
        Assertions.assertThat(steps.calls("remindApprovers")).hasSize(1);
        Assertions.assertThat(steps.calls("judgeTurn")).hasSize(2);
        Assertions.assertThat(steps.calls("convergeTurn")).isEmpty();
    }

    @Test
    void nothingToChangeIsOnlyVerified() {
        steps.when(
                "planUpgrade",
                execution -> {
                    execution.setVariable("changesNeeded", false);
                    execution.setVariable("goingBack", false);
                });
        ProcessInstance run = start();
        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(steps.calls("approvalRequested", "convergeTurn")).isEmpty();
    }

    @Test
    void aRejectedPlanChangesNothing() {
        ProcessInstance run = start();
        DueJobs.runAll();

        answer(run, "reject");

        assertThat(run).isEnded().variables().containsEntry("result", "rejected");
        Assertions.assertThat(steps.calls("prepareServices", "expandSchemas")).isEmpty();
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        ProcessInstance run = start();
        DueJobs.runAll();

        assertThat(run).isWaitingAt("approvePlan");
        execute(job("reminderDue"));
        execute(job("approvalExpired"));

        assertThat(run).isEnded().variables().containsEntry("result", "expired");
        Assertions.assertThat(steps.calls("prepareServices", "expandSchemas")).isEmpty();
    }

    @Test
    void aPlanThatHasChangedIsAskedAgain() {
        steps.when("confirmUpgrade", execution -> execution.setVariable("next", "ask"));
        ProcessInstance run = start();
        DueJobs.runAll();
        answer(run, "approve");

        assertThat(run).isWaitingAt("approvePlan");
        Assertions.assertThat(steps.calls("prepareServices")).isEmpty();
    }

    private void judge(String... inOrder) {
        judgements.addAll(List.of(inOrder));
    }

    private ProcessInstance approved() {
        ProcessInstance run = start();
        DueJobs.runAll();
        answer(run, "approve");
        return run;
    }

    private static void answer(ProcessInstance run, String decision) {
        complete(task(run), Map.of("decision", decision));
        DueJobs.runAll();
    }

    private ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        runbook, "OPS-1", Map.of("cluster", "lab", "runId", "run-1"));
    }
}
