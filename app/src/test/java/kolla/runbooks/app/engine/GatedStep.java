package kolla.runbooks.app.engine;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.RunId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A step that performs one action, which lasts until a test opens the gate of its program. What it
 * does is written to the table {@code trial_event} at once.
 */
final class GatedStep implements JavaDelegate {

    private final JdbcTemplate database;
    private final Journals journals;
    private final NodeId node;

    GatedStep(JdbcTemplate database, Journals journals, NodeId node) {
        this.database = database;
        this.journals = journals;
        this.node = node;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RunId run = new RunId(execution.getProcessBusinessKey());
        journals.open(run, "step", List.of())
                .perform(
                        "ctl1",
                        "wait",
                        "the gate of " + node + " is shut",
                        () -> {
                            event(run, "begun");
                            awaitGate();
                            event(run, "acted");
                            return "the gate of " + node + " was opened";
                        });
    }

    private void awaitGate() {
        while (database.queryForObject(
                        "select count(*) from trial_gate where node = ?",
                        Integer.class,
                        node.value())
                == 0) {
            LockSupport.parkNanos(50_000_000);
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted");
            }
        }
    }

    private void event(RunId run, String what) {
        Thread writer =
                new Thread(
                        () ->
                                database.update(
                                        "insert into trial_event (run, node, what) values (?, ?,"
                                                + " ?)",
                                        run.value(),
                                        node.value(),
                                        what));
        writer.start();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
