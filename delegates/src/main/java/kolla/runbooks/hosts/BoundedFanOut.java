package kolla.runbooks.hosts;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.inventory.Host;

/**
 * A fan-out with threads of its own for each call, so that a call inside a call cannot starve it.
 * When the caller is interrupted, the work on all hosts is interrupted too; each unfinished host
 * then failed with {@code KR-HOST-008} and the caller's interrupt flag is set.
 */
public final class BoundedFanOut implements FanOut {

    public static final int DEFAULT_WIDTH = 16;

    private final int width;

    public BoundedFanOut() {
        this(DEFAULT_WIDTH);
    }

    /**
     * @param width how many hosts are worked on at a time
     */
    public BoundedFanOut(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("width: " + width + " must be 1 or more");
        }
        this.width = width;
    }

    @Override
    public <T> Map<Host, Outcome<T>> each(List<Host> hosts, Function<Host, T> work) {
        if (hosts.isEmpty()) {
            return Map.of();
        }
        ExecutorService threads = threads(Math.min(width, hosts.size()));
        Map<Host, Future<T>> begun = new LinkedHashMap<>();
        hosts.forEach(h -> begun.put(h, threads.submit(() -> work.apply(h))));
        threads.shutdown();
        awaitEnd(threads, begun.values());
        Map<Host, Outcome<T>> outcomes = new LinkedHashMap<>();
        begun.forEach((host, future) -> outcomes.put(host, outcome(host, future)));
        return outcomes;
    }

    /** Returns when no thread works any more; hands an interrupt of the caller on to them. */
    private static void awaitEnd(ExecutorService threads, Collection<? extends Future<?>> begun) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
                begun.forEach(f -> f.cancel(true));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public <T> Map<Host, T> all(List<Host> hosts, Function<Host, T> work) {
        Map<Host, T> values = new LinkedHashMap<>();
        Optional<RuntimeException> first = Optional.empty();
        for (Map.Entry<Host, Outcome<T>> entry : each(hosts, work).entrySet()) {
            if (entry.getValue() instanceof Outcome.Done<T> done) {
                values.put(entry.getKey(), done.value());
            } else if (entry.getValue() instanceof Outcome.Failed<T> failed) {
                first.filter(f -> f != failed.cause())
                        .ifPresent(f -> f.addSuppressed(failed.cause()));
                first = Optional.of(first.orElse(failed.cause()));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
        return values;
    }

    private static <T> Outcome<T> outcome(Host host, Future<T> ended) {
        boolean interrupted = Thread.interrupted();
        try {
            return new Outcome.Done<>(ended.get());
        } catch (ExecutionException e) {
            return new Outcome.Failed<>(asRuntime(e.getCause()));
        } catch (CancellationException e) {
            return new Outcome.Failed<>(cancelled(host));
        } catch (InterruptedException e) {
            throw new IllegalStateException("a finished future waits for nobody", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asRuntime(Throwable cause) {
        return cause instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(cause);
    }

    private static RunbookFailure cancelled(Host host) {
        return new RunbookFailure(
                "KR-HOST-008",
                Remedy.RETRY,
                Optional.of(host.name()),
                "the work was cancelled before it ended",
                List.of(),
                null);
    }

    private static ExecutorService threads(int count) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                count,
                work -> {
                    Thread thread = new Thread(work, "fan-out-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
