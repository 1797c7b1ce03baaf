package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Outages;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.Test;

/** What every database under the programs' lives has to do alike. */
abstract class NodesContract extends JournalFixture {

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
