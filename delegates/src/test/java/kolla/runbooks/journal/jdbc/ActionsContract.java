package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Masker;
import org.junit.jupiter.api.Test;

/** What every database under the actions and lines of a run has to do alike. */
abstract class ActionsContract extends JournalFixture {

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
}
