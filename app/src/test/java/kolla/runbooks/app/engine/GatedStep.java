package kolla.runbooks.app.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.RunId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A step that performs one action, which lasts until a test opens its program's gate by writing the
 * gate's file. It says on standard output what it does.
 */
final class GatedStep implements JavaDelegate {

    private static final long GLANCE = 50_000_000;

    private final Path gate;
    private final Journals journals;

    GatedStep(Path gate, Journals journals) {
        this.gate = gate;
        this.journals = journals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RunId run = new RunId(execution.getProcessBusinessKey());
        journals.open(run, "step", List.of())
                .perform(
                        "ctl1",
                        "wait",
                        "the gate is shut",
                        () -> {
                            System.out.println("TRIAL BEGUN");
                            awaitGate();
                            System.out.println("TRIAL ACTED");
                            return "the gate was opened";
                        });
        System.out.println("TRIAL DONE");
    }

    private void awaitGate() {
        while (!Files.exists(gate)) {
            LockSupport.parkNanos(GLANCE);
            if (Thread.interrupted()) {
                System.out.println("TRIAL INTERRUPTED");
                throw new IllegalStateException("interrupted at the gate");
            }
        }
    }
}
