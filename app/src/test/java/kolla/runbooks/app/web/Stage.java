package kolla.runbooks.app.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * Plays the steps that touch hosts, so that the shipped processes run without any. A test can make
 * a step fail, by the name of its activity, with its service where it has one.
 */
public final class Stage {

    public static final String DIGEST = "ab".repeat(32);

    private final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();
    private final Runs runs;
    private final Journals journals;
    private final Plans plans;

    public Stage(Runs runs, Journals journals, Plans plans) {
        this.runs = runs;
        this.journals = journals;
        this.plans = plans;
    }

    public void fail(String step, RuntimeException failure) {
        failing.put(step, failure);
    }

    public void failOn(String step, String host) {
        fail(
                step,
                RunbookFailure.person("KR-HOST-001", host, "not reachable on port 22", "no route"));
    }

    public void mend() {
        failing.clear();
    }

    Map<String, JavaDelegate> steps() {
        JavaDelegate holds = played((call, journal) -> call.setVariable("planHolds", true));
        return Map.ofEntries(
                Map.entry("checkHosts", played(this::look)),
                Map.entry("planDeployment", played(this::plan)),
                Map.entry("confirmPlan", holds),
                Map.entry("pullImages", played(this::look)),
                Map.entry(
                        "prepareService",
                        played(
                                (call, journal) ->
                                        call.setVariable(
                                                "batches",
                                                new ArrayList<>(List.of("ctl1", "ctl2"))))),
                Map.entry("convergeBatch", played(this::converge)),
                Map.entry("finishService", played(this::look)),
                Map.entry("verifyHighAvailability", played(this::look)),
                Map.entry("writeReport", played(this::look)),
                Map.entry("lookAtGalera", played(this::differentHistories)),
                Map.entry("confirmRecovery", played(this::confirmChoice)),
                Map.entry("keepGaleraData", played(this::look)),
                Map.entry("makePrimary", played(this::look)),
                Map.entry("joinGaleraNode", played(this::look)),
                Map.entry("verifyRecovery", played(this::look)),
                Map.entry("planMaintenance", played(this::maintenance)),
                Map.entry("confirmMaintenance", holds),
                Map.entry("takeServiceOut", played(this::look)),
                Map.entry("verifyHostOut", played(this::look)),
                Map.entry("bringServiceBack", played(this::look)),
                Map.entry("fetchTarget", played(this::look)),
                Map.entry("planUpgrade", played(this::change)),
                Map.entry(
                        "confirmUpgrade",
                        played((call, journal) -> call.setVariable("next", "begin"))),
                Map.entry("startProbe", played(this::look)),
                Map.entry(
                        "findBackup",
                        played((call, journal) -> call.setVariable("backupFresh", true))),
                Map.entry("prepareServices", played(this::look)),
                Map.entry("expandSchemas", played(this::look)),
                Map.entry("judgeTurn", played(this::judge)),
                Map.entry(
                        "listTurn",
                        played(
                                (call, journal) ->
                                        call.setVariable(
                                                "turnServices",
                                                new ArrayList<>(List.of("keystone"))))),
                Map.entry("convergeTurn", played(this::look)),
                Map.entry("verifyTurn", played(this::look)),
                Map.entry("checkBudget", played(this::look)),
                Map.entry("finishServices", played(this::look)),
                Map.entry("contractSchemas", played(this::look)),
                Map.entry("stopProbe", played(this::look)));
    }

    private interface Part {
        void play(DelegateExecution call, Journal journal);
    }

    private JavaDelegate played(Part part) {
        return call -> {
            String service =
                    Optional.ofNullable(call.getVariable("service")).map(s -> "/" + s).orElse("");
            String step = call.getCurrentActivityId() + service;
            RuntimeException failure = failing.get(step);
            if (failure != null) {
                throw failure;
            }
            RunId run = new RunId((String) call.getVariable("runId"));
            part.play(call, journals.unfenced(run, step, List.of("s3cret")));
        };
    }

    private void look(DelegateExecution call, Journal journal) {
        journal.log("ctl1", "looked at, password s3cret");
        journal.evidence("ctl1", "facts", "{\"disk\":\"ok\"}");
    }

    private void plan(DelegateExecution call, Journal journal) {
        Run run = runs.find(journal.run()).orElseThrow();
        boolean nothing = run.reason().contains("nothing to do");
        ask(call, run, "ctl1: create mariadb");
        call.setVariable("changesNeeded", !nothing);
        call.setVariable("waves", new ArrayList<>(List.of("mariadb,rabbitmq")));
        journal.log("-", "planned");
    }

    /** Two hosts have data that the other has not: a person chooses. */
    private void differentHistories(DelegateExecution call, Journal journal) {
        ask(call, runs.find(journal.run()).orElseThrow(), "- ctl1 and ctl3 differ.");
        call.setVariable("proposal", "ask");
        call.setVariable("candidates", new ArrayList<>(List.of("ctl1", "ctl3")));
        call.setVariable("joiners", new ArrayList<>(List.of("ctl2")));
    }

    /** Where the reason says so, the plan that follows from the choice is asked about once more. */
    private void confirmChoice(DelegateExecution call, Journal journal) {
        boolean again =
                runs.find(journal.run()).orElseThrow().reason().contains("two people")
                        && call.getVariable("planHolds") == null;
        call.setVariable("candidates", new ArrayList<>());
        call.setVariable("planHolds", !again);
        journal.log("-", "the chosen host is \"" + call.getVariable("chosenHost") + '"');
    }

    private void maintenance(DelegateExecution call, Journal journal) {
        ask(call, runs.find(journal.run()).orElseThrow(), "TAKES ctl2 OUT");
        call.setVariable("turns", new ArrayList<>(List.of("keystone")));
        call.setVariable("returns", new ArrayList<>(List.of("keystone")));
        call.setVariable("outText", "ctl2 is out");
        call.setVariable("definitionDigest", DIGEST);
    }

    private void change(DelegateExecution call, Journal journal) {
        ask(call, runs.find(journal.run()).orElseThrow(), "ctl2: reload keystone");
        call.setVariable("changesNeeded", true);
        call.setVariable("goingBack", false);
        call.setVariable("contract", false);
        call.setVariable("upgrading", "");
        call.setVariable("definitionDigest", DIGEST);
        call.setVariable("soak", "PT0S");
    }

    /** One host, the canary; then a person is asked until there is another answer than to wait. */
    private void judge(DelegateExecution call, Journal journal) {
        String next = String.valueOf(call.getVariable("next"));
        String answer = String.valueOf(call.getVariable("decision"));
        if (next.equals("begin")) {
            call.setVariable("turn", "ctl2");
            call.setVariable("next", "roll");
        } else if (next.equals("roll") || answer.equals("wait")) {
            ask(
                    call,
                    runs.find(journal.run()).orElseThrow(),
                    "- ctl2, the canary, runs the target. Approve: the others follow, ctl1, ctl3.");
            call.setVariable("next", "ask");
            journal.log("-", "asks about canary after ctl2");
        } else {
            call.setVariable("goingBack", answer.equals("reject"));
            call.setVariable("next", "end");
        }
    }

    private void ask(DelegateExecution call, Run run, String text) {
        plans.record(run.id(), DIGEST, "{\"changes\":[\"" + run.ticket() + "\"]}", text);
        call.setVariable("planDigest", DIGEST);
        call.setVariable("planText", text);
        call.setVariable("approvalExpiry", "PT8H");
        call.setVariable("approvalReminder", "PT6H");
    }

    private void converge(DelegateExecution call, Journal journal) {
        RunId run = journal.run();
        journals.open(run, journal.step(), List.of())
                .perform(
                        (String) call.getVariable("batch"),
                        "create container",
                        "should run",
                        () -> "runs");
    }
}
