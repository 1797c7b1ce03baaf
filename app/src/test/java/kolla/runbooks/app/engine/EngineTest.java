package kolla.runbooks.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One program on H2, with a quick heart. */
class EngineTest {

    private static final String DATABASE =
            "--spring.datasource.url=jdbc:h2:mem:engine;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    private static final String CANCELLED =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
              <process id="cancelled" isExecutable="true">
                <extensionElements>
                  <camunda:executionListener event="end" delegateExpression="${endRun}"/>
                </extensionElements>
                <startEvent id="start"/>
                <sequenceFlow id="flow" sourceRef="start" targetRef="wait"/>
                <userTask id="wait"/>
              </process>
            </definitions>
            """;
    private static final AtomicReference<JavaDelegate> WORK = new AtomicReference<>();
    private static ConfigurableApplicationContext program;

    private final AtomicInteger executions = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final String ticket = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        program =
                TrialProgram.start(
                        execution -> WORK.get().execute(execution),
                        DATABASE,
                        "--runbooks.node-id=one",
                        "--runbooks.engine.beat=100ms",
                        "--runbooks.engine.silence=1500ms");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @BeforeEach
    void quiet() {
        WORK.set(execution -> executions.incrementAndGet());
    }

    @AfterEach
    void openTheGate() {
        gate.countDown();
    }

    @Test
    void executesAStepOnceAlthoughItLastsLongerThanAnySilence() {
        WORK.set(
                execution -> {
                    executions.incrementAndGet();
                    gate.await();
                });
        String instance = begin();
        await().until(() -> executions.get() == 1);
        Instant afterTwoSilences = Instant.now().plusSeconds(3);

        await().until(() -> Instant.now().isAfter(afterTwoSilences));
        assertThat(executions).hasValue(1);
        gate.countDown();

        awaitTask(instance);
        assertThat(executions).hasValue(1);
    }

    @Test
    void triesAFailureOfTheMomentAgainAfterTenSeconds() {
        WORK.set(
                execution -> {
                    if (executions.incrementAndGet() == 1) {
                        throw RunbookFailure.transientOn(
                                "KR-HOST-001", "ctl1", "connection reset", null);
                    }
                });
        Instant before = Instant.now();
        String instance = begin();

        Job waiting = awaitFailed(instance);
        assertThat(waiting.getRetries()).isEqualTo(2);
        assertThat(waiting.getDuedate().toInstant())
                .isBetween(before.plusSeconds(9), Instant.now().plusSeconds(11));
        assertThat(waiting.getExceptionMessage()).startsWith("KR-HOST-001 ctl1: connection reset");
        assertThat(incidents(instance)).isEmpty();

        service(ManagementService.class).executeJob(waiting.getId());
        awaitTask(instance);
    }

    @Test
    void afterThreeFailuresOfTheMomentThereIsAnIncident() {
        WORK.set(
                execution -> {
                    executions.incrementAndGet();
                    throw RunbookFailure.transientOn(
                            "KR-HOST-001", "ctl1", "connection reset", null);
                });
        String instance = begin();

        for (int failed = 1; failed < 3; failed++) {
            Job waiting = awaitRetries(instance, 3 - failed);
            assertThatThrownBy(() -> service(ManagementService.class).executeJob(waiting.getId()))
                    .isInstanceOf(RunbookFailure.class);
        }

        assertThat(incidents(instance)).hasSize(1);
        assertThat(executions).hasValue(3);
    }

    @Test
    void aFailureForAPersonIsAnIncidentAtOnceWithItsHeadline() {
        RunbookFailure failure =
                RunbookFailure.person("KR-GALERA-004", "ctl2", "two UUIDs seen; compare them");
        WORK.set(
                execution -> {
                    executions.incrementAndGet();
                    throw new IllegalStateException("wrapped on its way", failure);
                });

        String instance = begin();

        Job job = awaitRetries(instance, 0);
        assertThat(job.getExceptionMessage()).isEqualTo(failure.headline());
        assertThat(incidents(instance))
                .singleElement()
                .satisfies(
                        incident ->
                                assertThat(incident.getIncidentMessage())
                                        .isEqualTo(failure.headline()));
        assertThat(executions).hasValue(1);
    }

    @Test
    void anUnknownFailureIsAnIncidentAtOnce() {
        WORK.set(
                execution -> {
                    throw new IllegalArgumentException("nobody expected this");
                });

        String instance = begin();

        assertThat(awaitRetries(instance, 0).getExceptionMessage())
                .isEqualTo("nobody expected this");
        assertThat(incidents(instance)).hasSize(1);
    }

    @Test
    void aFatalFailureIsNotTriedAgain() {
        RunbookFailure fatal =
                new RunbookFailure(
                        "KR-RUN-009",
                        Remedy.FATAL,
                        Optional.empty(),
                        "it cannot succeed",
                        List.of(),
                        null);

        assertThat(StepFailurePolicy.verdict(fatal)).isEqualTo(StepFailurePolicy.Verdict.INCIDENT);
    }

    @Test
    void aDatabaseThatWasAwayForAMomentIsNoIncident() {
        SQLException killed = new SQLException("terminating connection", "57P01");

        assertThat(StepFailurePolicy.verdict(new IllegalStateException("persistence", killed)))
                .isEqualTo(StepFailurePolicy.Verdict.AGAIN_LATER);
        assertThat(StepFailurePolicy.verdict(new SQLException("no such table", "42P01")))
                .isEqualTo(StepFailurePolicy.Verdict.INCIDENT);
    }

    @Test
    void theEndOfARunIsHeardOfAlthoughListenersWereToBeSkipped() {
        List<String> ended = new CopyOnWriteArrayList<>();
        program.getBeanFactory()
                .registerSingleton(
                        "endRun", (ExecutionListener) e -> ended.add(e.getProcessInstanceId()));
        service(RepositoryService.class)
                .createDeployment()
                .addString("cancelled.bpmn", CANCELLED)
                .deploy();
        String instance =
                service(RuntimeService.class).startProcessInstanceByKey("cancelled").getId();

        service(RuntimeService.class).deleteProcessInstance(instance, "cancelled", true, true);

        assertThat(ended).containsExactly(instance);
    }

    @Test
    void anActionStaysInTheJournalAlthoughTheEnginesTransactionIsUndone() {
        leased("cluster-" + ticket, service(Program.class).get());
        WORK.set(
                execution -> {
                    execution.setVariable("undone", true);
                    service(Journals.class)
                            .open(new RunId(ticket), "step", List.of())
                            .perform("ctl1", "restart", "why", () -> "restarted");
                    throw RunbookFailure.person("KR-HOST-003", "ctl1", "the disk is full");
                });
        String instance = begin();
        awaitRetries(instance, 0);

        assertThat(service(Journals.class).actions(new RunId(ticket)))
                .extracting(Action::outcome)
                .containsExactly(Optional.of("restarted"));
        assertThat(service(RuntimeService.class).getVariables(instance))
                .doesNotContainKey("undone");
    }

    @Test
    void aStepThatIsRetriedAfterItsIncidentGoesOn() {
        WORK.set(
                execution -> {
                    if (executions.incrementAndGet() == 1) {
                        throw RunbookFailure.person("KR-HOST-003", "ctl1", "the disk is full");
                    }
                });
        String instance = begin();
        Job job = awaitRetries(instance, 0);

        service(ManagementService.class).setJobRetries(job.getId(), 1);

        awaitTask(instance);
        assertThat(incidents(instance)).isEmpty();
    }

    @Test
    void takesOverTheJobOfADeadPeerAndFencesItsRun() {
        Incarnation ghost = service(Nodes.class).join("ghost-" + ticket.substring(0, 8));
        Journal late = leased("cluster-" + ticket, ghost);
        String instance = lockedBeforeItBegins(ghost.node());

        awaitTask(instance);

        assertThat(executions).hasValue(1);
        assertThat(service(Nodes.class).beat(ghost)).isFalse();
        assertThatThrownBy(() -> late.perform("ctl1", "restart", "why", () -> "late"))
                .isInstanceOf(FencedException.class);
        assertThat(service(Leases.class).holder("cluster-" + ticket).orElseThrow().fence())
                .isEqualTo(2);
        assertThat(service(Journals.class).lines(new RunId(ticket), 0, 10))
                .anySatisfy(line -> assertThat(line.text()).contains(ghost + " died"));
    }

    @Test
    void leavesTheJobOfALivingPeerAlone() {
        Incarnation peer = service(Nodes.class).join("peer-" + ticket.substring(0, 8));
        leased("cluster-" + ticket, peer);
        String instance = lockedBeforeItBegins(peer.node());
        Instant end = Instant.now().plusSeconds(4);

        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(20))
                .until(() -> service(Nodes.class).beat(peer) && Instant.now().isAfter(end));

        assertThat(executions).hasValue(0);
        service(Nodes.class).leave(peer, new EngineJobs());
        awaitTask(instance);
        assertThat(executions).hasValue(1);
    }

    @Test
    void freesAJobThatItHoldsButNobodyExecutes() {
        leased("cluster-" + ticket, service(Program.class).get());

        String instance = lockedBeforeItBegins("one");

        awaitTask(instance);
        assertThat(executions).hasValue(1);
    }

    @Test
    void whenItWasBuriedItStopsAndBeginsANewLife() {
        Incarnation before = service(Program.class).get();
        AtomicReference<Throwable> late = new AtomicReference<>();
        leased("cluster-" + ticket, before);
        WORK.set(
                execution -> {
                    if (executions.incrementAndGet() > 1) {
                        return;
                    }
                    try {
                        service(Journals.class)
                                .open(new RunId(ticket), "step", List.of())
                                .perform("ctl1", "restart", "why", () -> awaitInterrupt());
                    } catch (RuntimeException e) {
                        late.set(e);
                        throw e;
                    }
                });
        String instance = begin();
        await().until(() -> executions.get() == 1);

        service(Nodes.class).bury(before, Duration.ofSeconds(-1), new EngineJobs());

        awaitTask(instance);
        assertThat(late.get()).isInstanceOf(FencedException.class);
        assertThat(executions).hasValue(2);
        assertThat(service(Program.class).get().number()).isGreaterThan(before.number());
        assertThat(service(Program.class).state()).isEqualTo(Program.State.WORKING);
        assertThat(incidents(instance)).isEmpty();
    }

    @Test
    void refusesToStartASecondProgramOfTheSameName() {
        assertThatThrownBy(
                        () ->
                                TrialProgram.start(
                                        execution -> {},
                                        DATABASE,
                                        "--runbooks.node-id=one",
                                        "--runbooks.engine.beat=500ms"))
                .rootCause()
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("KR-NODE-001"))
                .hasMessageContaining("\"one\"");
        assertThat(service(Program.class).state()).isEqualTo(Program.State.WORKING);
    }

    @Test
    void keepsListsAsJson() {
        WORK.set(
                execution -> {
                    executions.incrementAndGet();
                    gate.await();
                });
        String instance = begin();

        assertThat(
                        service(RuntimeService.class)
                                .createVariableInstanceQuery()
                                .processInstanceIdIn(instance)
                                .variableName("names")
                                .disableCustomObjectDeserialization()
                                .singleResult()
                                .getTypedValue())
                .asString()
                .contains("application/json");
        gate.countDown();
        awaitTask(instance);
    }

    @Test
    void refusesExpressionsInQueries() {
        assertThatThrownBy(
                        () ->
                                service(TaskService.class)
                                        .createTaskQuery()
                                        .taskAssigneeExpression("${'any'}")
                                        .list())
                .isInstanceOf(BadUserRequestException.class);
    }

    @Test
    void takesIdsWithADash() {
        IdentityService identity = service(IdentityService.class);

        identity.saveUser(identity.newUser("svc-ticket"));

        assertThat(identity.createUserQuery().userId("svc-ticket").count()).isEqualTo(1);
        assertThatThrownBy(() -> identity.saveUser(identity.newUser("a b")))
                .hasMessageContaining("a b");
        identity.deleteUser("svc-ticket");
    }

    private String begin() {
        return TrialProgram.begin(service(RuntimeService.class), ticket);
    }

    private String awaitInterrupt() {
        try {
            gate.await(30, TimeUnit.SECONDS);
            return "the gate was opened";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    /** A run with a lease, and its journal as {@code owner} opened it. */
    private Journal leased(String cluster, Incarnation owner) {
        RunId run = new RunId(ticket);
        service(Runs.class)
                .register(
                        new Run(
                                run,
                                cluster,
                                "trial",
                                ticket,
                                "",
                                "{}",
                                "oscar",
                                Optional.empty(),
                                Instant.now(),
                                Optional.empty(),
                                Optional.empty()));
        service(Leases.class).take(cluster, run, "oscar");
        return new kolla.runbooks.journal.jdbc.JdbcJournals(
                        service(EngineConfiguration.Ways.class).own(), () -> owner)
                .open(run, "step", List.of());
    }

    /** Starts the runbook in one transaction with the lock, so that nobody is faster. */
    private String lockedBeforeItBegins(String node) {
        return service(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(
                        status -> {
                            String instance = begin();
                            service(Runs.class).attachProcessInstance(new RunId(ticket), instance);
                            service(JdbcTemplate.class)
                                    .update(
                                            "update act_ru_job set lock_owner_ = ?, lock_exp_time_"
                                                    + " = dateadd(day, 1, current_timestamp) where"
                                                    + " process_instance_id_ = ?",
                                            node,
                                            instance);
                            return instance;
                        });
    }

    private static <T> T service(Class<T> type) {
        return program.getBean(type);
    }

    private static void awaitTask(String instance) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                service(TaskService.class)
                                                .createTaskQuery()
                                                .processInstanceId(instance)
                                                .count()
                                        == 1);
    }

    private static Job awaitFailed(String instance) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> job(instance), job -> job.getExceptionMessage() != null);
    }

    private static Job awaitRetries(String instance, int retries) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> job(instance), job -> job.getRetries() == retries);
    }

    private static Job job(String instance) {
        return service(ManagementService.class)
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult();
    }

    private static List<Incident> incidents(String instance) {
        return service(RuntimeService.class)
                .createIncidentQuery()
                .processInstanceId(instance)
                .list();
    }
}
