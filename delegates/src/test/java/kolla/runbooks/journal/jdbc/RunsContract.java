package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.journal.DuplicateTicketException;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.Test;

/** What every database under the runs has to do alike. */
abstract class RunsContract extends JournalFixture {

    @Test
    void bringsUpTablesThatAreThereAlready() {
        JournalSchema.bringUp(dataSource());

        assertThat(runs.find(run)).isEmpty();
    }

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
}
