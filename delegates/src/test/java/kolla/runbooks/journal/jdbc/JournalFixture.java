package kolla.runbooks.journal.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import org.junit.jupiter.api.BeforeEach;

/** A journal in the database under test, and a run with names of its own. */
abstract class JournalFixture {

    static final Nodes.Succession NOTHING_HELD = (transaction, node) -> List.of();
    static final Duration LONG = Duration.ofMinutes(10);
    static final List<String> SECRETS = List.of("s3cr3t-canary", "other secret");

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final String cluster = "cluster-" + unique;
    final RunId run = new RunId("run-" + unique);
    final RunId rival = new RunId("rival-" + unique);

    ConnectionSource own;
    Runs runs;
    Leases leases;
    Plans plans;
    Nodes nodes;
    Incarnation me;
    Journals journals;

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

    Run asked(RunId id, String ticket) {
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
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    String neverDone() {
        throw new AssertionError("the action was done by a program without the right to");
    }

    interface Numbered {
        void run(int number);
    }

    static void atOnce(int threads, Numbered work) throws InterruptedException, ExecutionException {
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
}
