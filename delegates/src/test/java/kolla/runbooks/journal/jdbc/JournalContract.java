package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.DuplicateTicketException;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.Outages;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSecond;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.ProbeSpan;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.journal.probe.VipMove;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database under the journal has to do alike. */
abstract class JournalContract {

    private static final Nodes.Succession NOTHING_HELD = (transaction, node) -> List.of();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final List<String> SECRETS = List.of("s3cr3t-canary", "other secret");

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String cluster = "cluster-" + unique;
    private final RunId run = new RunId("run-" + unique);
    private final RunId rival = new RunId("rival-" + unique);

    private ConnectionSource own;
    private Runs runs;
    private Leases leases;
    private Plans plans;
    private Nodes nodes;
    private Incarnation me;
    private Journals journals;

    abstract DataSource dataSource();

    @BeforeEach
    void open() {
        own = new OwnTransactions(dataSource());
        DatabaseClock clock = new DatabaseClock(own);
        runs = new JdbcRuns(own, clock);
        leases = new JdbcLeases(own, own);
        plans = new JdbcPlans(own, clock);
        nodes = new JdbcNodes(own);
        me = nodes.join("node-" + unique);
        journals = new JdbcJournals(own, () -> me);
    }

    @Test
    void bringsUpTablesThatAreThereAlready() {
        JournalSchema.bringUp(dataSource());

        assertThat(runs.find(run)).isEmpty();
    }

    // Probes

    @Test
    void aProbeIsHeldByOneProgramUntilItIsSilent() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        probes.ask(run, cluster);
        assertThat(probes.open()).extracting(ProbeState::run).contains(run);

        ProbeShift first = probes.take(run, "one", List.of("sql", "token"), LONG).orElseThrow();
        assertThat(probes.take(run, "two", List.of("sql"), LONG)).isEmpty();
        assertThat(probes.write(first, ProbeBatch.EMPTY)).isTrue();

        ProbeShift second = probes.take(run, "two", List.of("sql"), Duration.ZERO).orElseThrow();
        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(probes.write(first, ProbeBatch.EMPTY)).isFalse();
        assertThat(probes.write(second, ProbeBatch.EMPTY)).isTrue();
        assertThat(probes.spans(run)).extracting(ProbeSpan::node).containsExactly("one", "two");

        probes.leave(second);
        ProbeShift third = probes.take(run, "one", List.of("sql"), LONG).orElseThrow();
        probes.end(run);
        assertThat(probes.find(run).orElseThrow().phase()).isEqualTo(ProbeState.Phase.ENDING);
        assertThat(probes.write(third, ProbeBatch.EMPTY)).isTrue();
        probes.ended(third);
        assertThat(probes.open()).extracting(ProbeState::run).doesNotContain(run);
        assertThat(probes.take(run, "one", List.of("sql"), Duration.ZERO)).isEmpty();
        assertThat(probes.write(third, ProbeBatch.EMPTY)).isFalse();
    }

    @Test
    void ofManyProgramsExactlyOneTakesAProbe() throws Exception {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        AtomicInteger taken = new AtomicInteger();

        atOnce(
                8,
                i ->
                        probes.take(run, "node-" + i, List.of("sql"), LONG)
                                .ifPresent(shift -> taken.incrementAndGet()));

        assertThat(taken).hasValue(1);
    }

    @Test
    void figuresOfAProbeAreSummedBySecondsAndKinds() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        ProbeShift shift = probes.take(run, "one", List.of("sql", "token"), LONG).orElseThrow();
        Instant begin = Instant.parse("2026-03-01T03:00:00Z");
        long second = begin.getEpochSecond();
        Duration longGap = Duration.ofMillis(1700);
        probes.write(
                shift,
                new ProbeBatch(
                        List.of(
                                new ProbeSecond("sql", second, 5, 0, Duration.ofMillis(9), begin),
                                new ProbeSecond("sql", second + 1, 5, 2, longGap, begin),
                                new ProbeSecond(
                                        "token", second + 1, 1, 0, Duration.ofMillis(400), begin)),
                        List.of(
                                new ProbeFailure(
                                        "sql", begin, Duration.ofMillis(3), "Connection refused")),
                        Map.of("sql", Map.of(10, 7L, 11, 1L))));
        probes.write(
                shift,
                new ProbeBatch(
                        List.of(new ProbeSecond("sql", second + 2, 4, 1, Duration.ZERO, begin)),
                        List.of(),
                        Map.of("sql", Map.of(10, 3L))));

        assertThat(probes.sums(run, begin))
                .containsExactly(
                        new ProbeSum(
                                "sql",
                                14,
                                3,
                                Optional.of(begin.plusSeconds(1)),
                                Optional.of(begin.plusSeconds(2)),
                                begin.plusSeconds(2)),
                        new ProbeSum(
                                "token",
                                1,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                begin.plusSeconds(1)));
        assertThat(probes.sums(run, begin.plusSeconds(2)))
                .extracting(ProbeSum::total)
                .containsExactly(4L);
        assertThat(probes.gaps(run, begin))
                .containsExactly(
                        new ProbeGap("sql", longGap, begin),
                        new ProbeGap("token", Duration.ofMillis(400), begin));
        assertThat(probes.failures(run, begin, 9))
                .containsExactly(
                        new ProbeFailure("sql", begin, Duration.ofMillis(3), "Connection refused"));
        assertThat(probes.latencies(run)).isEqualTo(Map.of("sql", Map.of(10, 10L, 11, 1L)));
        assertThat(probes.slots(run, begin, 3600))
                .containsExactly(
                        new ProbeSlot("sql", second / 3600, 14, 3, longGap),
                        new ProbeSlot("token", second / 3600, 1, 0, Duration.ofMillis(400)));
    }

    @Test
    void aProbeKnowsTheMovesOfTheAddressThatItsRunAnnounced() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));

        VipMove.announce(journals.unfenced(run, "convergeBatch", List.of()), "ctl1", "10.0.0.9");

        assertThat(probes.vipMoves(run)).extracting(VipMove::host).containsExactly("ctl1");
        assertThat(probes.vipMoves(rival)).isEmpty();
    }

    @Test
    void aBudgetBeginsWithTheCallersTransaction() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        Instant later = probes.now().plusSeconds(30).truncatedTo(ChronoUnit.MICROS);

        probes.count(run, later.minusSeconds(10));
        probes.startBudget(run, later);

        ProbeState state = probes.find(run).orElseThrow();
        assertThat(state.countsFrom()).isEqualTo(later.minusSeconds(10));
        assertThat(state.budgetFrom()).isEqualTo(later);
    }

    // Runs

    @Test
    void findsARunByIdTicketAndProcessInstance() {
        Run asked = asked(run, "T-" + unique);
        runs.register(asked);
        runs.attachProcessInstance(run, "pi-" + unique);

        Optional<Run> found = runs.find(run);

        assertThat(found).isPresent();
        assertThat(found.get().processInstance()).contains("pi-" + unique);
        assertThat(found.get())
                .usingRecursiveComparison()
                .ignoringFields("processInstance")
                .isEqualTo(asked);
        assertThat(runs.byTicket("deploy", "T-" + unique)).isEqualTo(found);
        assertThat(runs.byProcessInstance("pi-" + unique)).isEqualTo(found);
        assertThat(runs.byTicket("deploy", "another")).isEmpty();
    }

    @Test
    void refusesTheSameTicketForTheSameRunbookOnly() {
        runs.register(asked(run, "T-" + unique));

        assertThatThrownBy(() -> runs.register(asked(rival, "T-" + unique)))
                .isInstanceOf(DuplicateTicketException.class)
                .hasMessageContaining("deploy")
                .hasMessageContaining("T-" + unique);
        assertThat(runs.find(rival)).isEmpty();
    }

    @Test
    void ofManyWithTheSameTicketExactlyOneIsRegistered() throws Exception {
        AtomicInteger registered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        atOnce(
                8,
                i -> {
                    try {
                        runs.register(asked(new RunId("run-" + i + unique), "T-" + unique));
                        registered.incrementAndGet();
                    } catch (DuplicateTicketException e) {
                        refused.incrementAndGet();
                    }
                });

        assertThat(registered).hasValue(1);
        assertThat(refused).hasValue(7);
    }

    @Test
    void listsTheNewestFirstAndByCluster() {
        runs.register(asked(run, "T1-" + unique));
        Run later = asked(rival, "T2-" + unique);
        runs.register(
                new Run(
                        rival,
                        cluster,
                        "deploy",
                        "T2-" + unique,
                        "",
                        "{}",
                        "oscar",
                        Optional.empty(),
                        later.startedAt().plusSeconds(1),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(runs.list(Optional.of(cluster), 10))
                .extracting(Run::id)
                .containsExactly(rival, run);
        assertThat(runs.list(Optional.of(cluster), 1)).extracting(Run::id).containsExactly(rival);
        assertThat(runs.list(Optional.of("none-" + unique), 10)).isEmpty();
        assertThat(runs.list(Optional.empty(), 1000)).extracting(Run::id).contains(rival, run);
    }

    @Test
    void keepsTheFirstEndOfARun() {
        runs.register(asked(run, "T-" + unique));

        runs.end(run, Run.Result.SUCCEEDED);
        Optional<Instant> endedAt = runs.find(run).orElseThrow().endedAt();
        runs.end(run, Run.Result.CANCELLED);

        Run ended = runs.find(run).orElseThrow();
        assertThat(ended.result()).contains(Run.Result.SUCCEEDED);
        assertThat(ended.endedAt()).isEqualTo(endedAt).isPresent();
    }

    @Test
    void aRunIsUndoneWithTheCallersTransaction() throws Exception {
        try (var connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            ConnectionSource callers =
                    new ConnectionSource() {
                        @Override
                        public <T> T inTransaction(Work<T> work) throws SQLException {
                            return work.on(connection);
                        }
                    };
            new JdbcRuns(callers, new DatabaseClock(own)).register(asked(run, "T-" + unique));
            connection.rollback();
        }

        assertThat(runs.find(run)).isEmpty();
    }

    // Leases

    @Test
    void givesALeaseToOneRunAndAgainToTheSame() {
        Lease lease = leases.take(cluster, run, "oscar");

        assertThat(leases.take(cluster, run, "oscar")).isEqualTo(lease);
        assertThat(leases.holder(cluster)).contains(lease);
        assertThat(leases.all()).contains(lease);
    }

    @Test
    void refusesALeaseThatAnotherRunHoldsAndSaysWho() {
        leases.take(cluster, run, "oscar");

        assertThatThrownBy(() -> leases.take(cluster, rival, "rita"))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo("KR-LEASE-001");
                            assertThat(failure.remedy()).isEqualTo(RunbookFailure.Remedy.PERSON);
                        })
                .hasMessageContaining(cluster)
                .hasMessageContaining(run.value())
                .hasMessageContaining("oscar");
    }

    @Test
    void ofManyTakersExactlyOneGetsTheLease() throws Exception {
        List<RunId> got = java.util.Collections.synchronizedList(new ArrayList<>());

        atOnce(
                8,
                i -> {
                    RunId taker = new RunId("taker-" + i + unique);
                    try {
                        leases.take(cluster, taker, "oscar");
                        got.add(taker);
                    } catch (RunbookFailure held) {
                        assertThat(held.code()).isEqualTo("KR-LEASE-001");
                    }
                });

        assertThat(got).hasSize(1);
        assertThat(leases.holder(cluster).map(Lease::run)).contains(got.get(0));
    }

    @Test
    void theFenceGrowsWhenTheLeasePassesOn() {
        long first = leases.take(cluster, run, "oscar").fence();
        leases.release(run);
        assertThat(leases.holder(cluster)).isEmpty();

        long second = leases.take(cluster, rival, "rita").fence();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void releasingWhatOneDoesNotHoldChangesNothing() {
        leases.take(cluster, run, "oscar");

        leases.release(rival);

        assertThat(leases.holder(cluster).map(Lease::run)).contains(run);
    }

    // Journals

    @Test
    void writesTheIntentBeforeAndTheOutcomeAfter() {
        leases.take(cluster, run, "oscar");
        Journal journal = journals.open(run, "convergeBatch/mariadb", SECRETS);

        String outcome =
                journal.perform(
                        "ctl1",
                        "put-files",
                        "galera.cnf differs",
                        () -> {
                            Action begun = journals.actions(run).get(0);
                            assertThat(begun.state()).isEqualTo(Action.State.BEGUN);
                            assertThat(begun.intent()).isEqualTo("galera.cnf differs");
                            assertThat(begun.outcome()).isEmpty();
                            return "1 file written";
                        });

        assertThat(outcome).isEqualTo("1 file written");
        assertThat(journal.actions())
                .singleElement()
                .satisfies(
                        done -> {
                            assertThat(done.id())
                                    .hasToString("convergeBatch/mariadb/ctl1/put-files");
                            assertThat(done.state()).isEqualTo(Action.State.DONE);
                            assertThat(done.outcome()).contains("1 file written");
                            assertThat(done.endedAt()).isPresent();
                            assertThat(done.attempt()).isEqualTo(1);
                        });
    }

    @Test
    void aFailureIsTheOutcomeAndIsThrownOn() {
        leases.take(cluster, run, "oscar");
        Journal journal = journals.open(run, "step", SECRETS);
        RunbookFailure failure =
                RunbookFailure.person("KR-HOST-003", "ctl1", "no disk s3cr3t-canary");

        assertThatThrownBy(
                        () ->
                                journal.perform(
                                        "ctl1",
                                        "pull",
                                        "image missing",
                                        () -> {
                                            throw failure;
                                        }))
                .isSameAs(failure);

        Action failed = journals.actions(run).get(0);
        assertThat(failed.state()).isEqualTo(Action.State.FAILED);
        assertThat(failed.outcome().orElseThrow()).startsWith("KR-HOST-003 ctl1: no disk ***");
    }

    @Test
    void anActionDoneAgainIsAnotherAttempt() {
        leases.take(cluster, run, "oscar");
        Journal journal = journals.open(run, "step", SECRETS);

        journal.perform("ctl1", "restart", "config changed", () -> "restarted");
        journal.perform("ctl1", "restart", "config changed again", () -> "restarted");

        assertThat(journals.actions(run)).extracting(Action::attempt).containsExactly(1, 2);
    }

    @Test
    void needsALeaseToOpenAJournalThatMayAct() {
        assertThatThrownBy(() -> journals.open(run, "step", SECRETS))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void withoutALeaseAJournalTakesLinesAndEvidenceButNoActions() {
        Journal journal = journals.unfenced(run, "checkHosts", SECRETS);

        journal.log("ctl1", "looked");
        journal.evidence("ctl1", "disk", "{\"free\":1}");

        assertThat(journals.lines(run, 0, 10)).extracting(LogLine::text).containsExactly("looked");
        assertThat(journals.evidence(run))
                .extracting(e -> e.content())
                .containsExactly("{\"free\":1}");
        assertThatThrownBy(() -> journal.perform("ctl1", "restart", "why", () -> "done"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(journals.actions(run)).isEmpty();
    }

    @Test
    void refusesToBeginWhenTheRunWasFenced() {
        leases.take(cluster, run, "oscar");
        Journal late = journals.open(run, "step", SECRETS);
        leases.fence(List.of(run));

        assertThatThrownBy(() -> late.perform("ctl1", "restart", "why", this::neverDone))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> late.log("ctl1", "late")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> late.evidence("ctl1", "late", "x"))
                .isInstanceOf(FencedException.class);

        assertThat(journals.actions(run)).isEmpty();
        assertThat(journals.lines(run, 0, 10)).isEmpty();
        assertThat(journals.evidence(run)).isEmpty();
        assertThat(
                        journals.open(run, "step", SECRETS)
                                .perform("ctl1", "restart", "why", () -> "ok"))
                .isEqualTo("ok");
    }

    @Test
    void refusesTheOutcomeOfALateWriter() {
        leases.take(cluster, run, "oscar");
        Journal late = journals.open(run, "step", SECRETS);

        assertThatThrownBy(
                        () ->
                                late.perform(
                                        "ctl1",
                                        "restart",
                                        "why",
                                        () -> {
                                            leases.fence(List.of(run));
                                            return "late";
                                        }))
                .isInstanceOf(FencedException.class);

        assertThat(journals.actions(run))
                .singleElement()
                .satisfies(
                        action -> {
                            assertThat(action.state()).isEqualTo(Action.State.BEGUN);
                            assertThat(action.outcome()).isEmpty();
                        });
    }

    @Test
    void refusesToBeginAfterTheLeaseWasGivenBack() {
        leases.take(cluster, run, "oscar");
        Journal late = journals.open(run, "step", SECRETS);
        leases.release(run);

        assertThatThrownBy(() -> late.perform("ctl1", "restart", "why", this::neverDone))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void aLeaseIsNotHandedOnWhileALivingProgramIsInsideAnAction() {
        leases.take(cluster, run, "oscar");
        Journal cancelled = journals.open(run, "step", SECRETS);

        assertThatThrownBy(
                        () ->
                                cancelled.perform(
                                        "ctl1",
                                        "restart",
                                        "why",
                                        () -> {
                                            leases.release(run);
                                            assertThatThrownBy(
                                                            () ->
                                                                    leases.take(
                                                                            cluster, rival, "rita"))
                                                    .isInstanceOfSatisfying(
                                                            RunbookFailure.class,
                                                            failure -> {
                                                                assertThat(failure.code())
                                                                        .isEqualTo("KR-LEASE-002");
                                                                assertThat(failure.remedy())
                                                                        .isEqualTo(
                                                                                RunbookFailure
                                                                                        .Remedy
                                                                                        .RETRY);
                                                            })
                                                    .hasMessageContaining("step/ctl1/restart");
                                            return "done";
                                        }))
                .isInstanceOf(FencedException.class);

        assertThat(leases.take(cluster, rival, "rita").run()).isEqualTo(rival);
    }

    @Test
    void aLeaseIsHandedOnWhenTheProgramInsideTheActionIsDead() {
        leases.take(cluster, run, "oscar");
        Journal dying = journals.open(run, "step", SECRETS);

        assertThatThrownBy(
                        () ->
                                dying.perform(
                                        "ctl1",
                                        "restart",
                                        "why",
                                        () -> {
                                            leases.release(run);
                                            nodes.bury(me, Duration.ofSeconds(-1), NOTHING_HELD);
                                            leases.take(cluster, rival, "rita");
                                            return "late";
                                        }))
                .isInstanceOf(FencedException.class);

        assertThat(leases.holder(cluster).map(Lease::run)).contains(rival);
    }

    @Test
    void linesOfManyThreadsComeInOneOrderWithoutGaps() throws Exception {
        leases.take(cluster, run, "oscar");
        Journal journal = journals.open(run, "step", SECRETS);

        atOnce(
                6,
                i -> {
                    for (int n = 0; n < 10; n++) {
                        journal.log("ctl" + i, "line " + n);
                    }
                });

        List<LogLine> lines = journals.lines(run, 0, 1000);
        assertThat(lines).hasSize(60);
        assertThat(lines).extracting(LogLine::sequence).doesNotHaveDuplicates().isSorted();
        assertThat(lines.get(59).sequence()).isEqualTo(60);
        assertThat(journals.lines(run, 58, 1000)).hasSize(2);
        assertThat(journals.lines(run, 10, 5))
                .extracting(LogLine::sequence)
                .containsExactly(11L, 12L, 13L, 14L, 15L);
    }

    @Test
    void masksSecretsInAllThatIsWritten() {
        leases.take(cluster, run, "oscar");
        Journal journal = journals.open(run, "step", SECRETS);

        journal.perform("ctl1", "set", "to s3cr3t-canary", () -> "now other secret");
        journal.log("ctl1", "a s3cr3t-canary line");
        journal.warn("ctl1", "other+secret");
        journal.evidence("ctl1", "seen", "{\"p\":\"s3cr3t-canary\"}");

        assertThat(
                        journals.actions(run).toString()
                                + journals.lines(run, 0, 99)
                                + journals.evidence(run))
                .doesNotContain("canary")
                .doesNotContain("other")
                .contains(Masker.MASK);
    }

    // Plans

    @Test
    void countsThePlansOfARunAndKeepsAnUnchangedOne() {
        PlanRecord first = plans.record(run, "aa", "{\"a\":1}", "one");
        PlanRecord same = plans.record(run, "aa", "{\"a\":1}", "one");
        PlanRecord second = plans.record(run, "bb", "{\"a\":2}", "two");
        PlanRecord back = plans.record(run, "aa", "{\"a\":1}", "one");

        assertThat(same).isEqualTo(first);
        assertThat(List.of(first.version(), second.version(), back.version()))
                .containsExactly(1, 2, 3);
        assertThat(plans.newest(run)).contains(back);
        assertThat(plans.version(run, 2)).contains(second);
        assertThat(plans.version(run, 4)).isEmpty();
        assertThat(plans.newest(rival)).isEmpty();
    }

    @Test
    void keepsEveryDecisionInOrder() {
        Instant at = now();
        Approval no = new Approval(run, "aa", "ann", false, "why mariadb?", at);
        Approval yes = new Approval(run, "bb", "bob", true, "", at);

        plans.decided(no);
        plans.decided(yes);

        assertThat(plans.approvals(run)).containsExactly(no, yes);
    }

    @Test
    void takesPlansOfManyMegabytes() {
        String json = "\"" + "x".repeat(3_000_000) + "\"";

        plans.record(run, "aa", json, "long");

        assertThat(plans.newest(run).orElseThrow().json()).isEqualTo(json);
    }

    // Nodes

    @Test
    void aNewLifeOfANodeRefusesTheOldOne() {
        leases.take(cluster, run, "oscar");
        Journal old = journals.open(run, "step", SECRETS);

        Incarnation again = nodes.join(me.node());
        List<RunId> moved = nodes.inherit(again, (transaction, node) -> List.of(run));

        assertThat(moved).containsExactly(run);
        assertThat(leases.holder(cluster).orElseThrow().fence()).isEqualTo(2);

        assertThat(again.number()).isGreaterThan(me.number());
        assertThat(nodes.beat(me)).isFalse();
        assertThat(nodes.beat(again)).isTrue();
        assertThatThrownBy(() -> old.perform("ctl1", "restart", "why", this::neverDone))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining(me.toString());
        assertThatThrownBy(() -> journals.open(run, "step", SECRETS))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void ofManyPeersExactlyOneBuriesADeadNode() throws Exception {
        leases.take(cluster, run, "oscar");
        long fence = leases.holder(cluster).orElseThrow().fence();
        Incarnation dead = nodes.join("dead-" + unique);
        AtomicInteger buried = new AtomicInteger();

        atOnce(
                6,
                i ->
                        nodes.bury(
                                        dead,
                                        Duration.ofSeconds(-1),
                                        (transaction, node) -> List.of(run))
                                .ifPresent(moved -> buried.incrementAndGet()));

        assertThat(buried).hasValue(1);
        assertThat(leases.holder(cluster).orElseThrow().fence()).isEqualTo(fence + 1);
        assertThat(nodes.beat(dead)).isFalse();
        assertThat(journals.lines(run, 0, 10))
                .extracting(LogLine::text)
                .containsExactly("program " + dead + " died; another one goes on");
    }

    @Test
    void theDeathOfAPeerDoesNotFenceALivingProgramOnTheSameRun() {
        leases.take(cluster, run, "oscar");
        Incarnation peer = nodes.join("peer-" + unique);
        Journal mine = journals.open(run, "step", SECRETS);
        Journal peers = new JdbcJournals(own, () -> peer).open(run, "step", SECRETS);

        nodes.bury(peer, Duration.ofSeconds(-1), (transaction, node) -> List.of(run));

        assertThat(mine.perform("ctl1", "restart", "why", () -> "ok")).isEqualTo("ok");
        assertThatThrownBy(() -> peers.perform("ctl2", "restart", "why", this::neverDone))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void neverBuriesANodeThatBeats() {
        AtomicInteger released = new AtomicInteger();

        Optional<List<RunId>> moved =
                nodes.bury(
                        me,
                        Duration.ofSeconds(15),
                        (transaction, node) -> {
                            released.incrementAndGet();
                            return List.of();
                        });

        assertThat(moved).isEmpty();
        assertThat(released).hasValue(0);
        assertThat(nodes.silentFor(Duration.ofSeconds(15))).doesNotContain(me);
        assertThat(nodes.beat(me)).isTrue();
    }

    @Test
    void aNodeThatSaidGoodByeIsNotMissed() {
        nodes.leave(me, NOTHING_HELD);

        assertThat(nodes.find(me.node()).orElseThrow().left()).isTrue();
        assertThat(nodes.silentFor(Duration.ofSeconds(-1))).doesNotContain(me);
        assertThat(nodes.beat(me)).isFalse();
    }

    @Test
    void whatTheSuccessionDidIsUndoneWhenItFails() {
        assertThatThrownBy(
                        () ->
                                nodes.bury(
                                        me,
                                        Duration.ofSeconds(-1),
                                        (transaction, node) -> {
                                            throw new SQLException(
                                                    "the engine's tables are locked");
                                        }))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("KR-JOURNAL-001"));

        assertThat(nodes.beat(me)).isTrue();
    }

    private Run asked(RunId id, String ticket) {
        return new Run(
                id,
                cluster,
                "deploy",
                ticket,
                "first deployment",
                "{\"services\":\"all\"}",
                "oscar",
                Optional.empty(),
                now(),
                Optional.empty(),
                Optional.empty());
    }

    /** Databases keep microseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private String neverDone() {
        throw new AssertionError("the action was done by a program without the right to");
    }

    private interface Numbered {
        void run(int number);
    }

    private static void atOnce(int threads, Numbered work)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(threads);
        CountDownLatch done = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<Void> one =
                        () -> {
                            start.await();
                            try {
                                work.run(number);
                            } finally {
                                done.countDown();
                            }
                            return null;
                        };
                running.add(pool.submit(one));
            }
            done.await();
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anOutageIsTheSameForWhoeverSeesItUntilItIsOver() {
        Outages mine = new JdbcOutages(own, new DatabaseClock(own));
        Outages theirs = new JdbcOutages(own, new DatabaseClock(own));

        Instant since = mine.goesOn("galera-watch", cluster);

        assertThat(theirs.goesOn("galera-watch", cluster)).isEqualTo(since);
        assertThat(theirs.goesOn("another-watch", cluster)).isAfterOrEqualTo(since);
        theirs.over("galera-watch", cluster);
        theirs.over("galera-watch", cluster);
        assertThat(mine.goesOn("galera-watch", cluster)).isAfter(since);
    }
}
