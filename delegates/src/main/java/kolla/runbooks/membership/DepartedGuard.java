package kolla.runbooks.membership;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While a run goes on without a host that is said to be gone, watches whether it comes back to
 * life, and ends its services there before they can take the virtual address or speak for the
 * cluster. One watch a run; asking for it again changes nothing, so every step of the run asks: the
 * first one after the program's death begins it anew. Thread-safe.
 */
public final class DepartedGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DepartedGuard.class);

    /**
     * Shorter than Keepalived needs until it trusts a HAProxy that has just started (ten checks,
     * two seconds apart): only then could it take the virtual address.
     */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Map<RunId, Thread> watches = new ConcurrentHashMap<>();
    private final Duration pause;

    public DepartedGuard() {
        this(PAUSE);
    }

    DepartedGuard(Duration pause) {
        this.pause = pause;
    }

    /**
     * @param goesOn whether the run goes on; when not, the watch ends
     * @param fence ends what runs on the host; throws a {@link RunbookFailure} while the host
     *     cannot be reached
     */
    public void ensure(RunId run, BooleanSupplier goesOn, Runnable fence) {
        watches.computeIfAbsent(
                run,
                id -> {
                    Thread thread = new Thread(() -> watch(id, goesOn, fence), "departed-" + id);
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                });
    }

    private void watch(RunId run, BooleanSupplier goesOn, Runnable fence) {
        try {
            while (look(run, goesOn, fence)) {
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watches.remove(run);
        }
    }

    /** False when the run has ended. What went wrong in one look is no reason to end the watch. */
    private static boolean look(RunId run, BooleanSupplier goesOn, Runnable fence) {
        try {
            if (!goesOn.getAsBoolean()) {
                return false;
            }
            fence.run();
        } catch (RunbookFailure away) {
            LOG.debug("run {}: {}", run, away.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("run {}: a look for its departed host failed", run, e);
        }
        return true;
    }

    @Override
    public void close() {
        watches.values().forEach(Thread::interrupt);
    }
}
