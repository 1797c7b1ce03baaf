package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Uses the cloud in one way, again and again, in a thread of its own: at a steady rate, and a
 * little sooner after a failure, so that the end of an outage is seen when it is there.
 */
final class Lane implements AutoCloseable {

    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    private final String kind;
    private final Duration period;
    private final Use use;
    private final Tally tally;
    private final ProbeListener listener;
    private final Function<Throwable, String> sentence;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param sentence what is written down of a failure
     */
    Lane(
            String kind,
            Duration period,
            Use use,
            Tally tally,
            ProbeListener listener,
            Function<Throwable, String> sentence,
            InstantSource clock) {
        this.kind = kind;
        this.period = period;
        this.use = use;
        this.tally = tally;
        this.listener = listener;
        this.sentence = sentence;
        this.clock = clock;
        this.thread = new Thread(this::run, "probe-" + kind);
        thread.setDaemon(true);
    }

    Lane start() {
        thread.start();
        return this;
    }

    private void run() {
        Instant next = clock.instant();
        try {
            while (!closed.await(
                    Math.max(0, Duration.between(clock.instant(), next).toMillis()),
                    TimeUnit.MILLISECONDS)) {
                boolean good = once();
                Instant now = clock.instant();
                next = next.plus(period);
                if (next.isBefore(now)) {
                    next = now;
                }
                Instant soon = now.plus(AFTER_FAILURE);
                if (!good && soon.isBefore(next)) {
                    next = soon;
                }
                if (!good && next.isBefore(soon)) {
                    next = soon;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            use.close();
        }
    }

    private boolean once() throws InterruptedException {
        Instant begun = clock.instant();
        tally.begins(kind, begun);
        try {
            use.once();
            Instant ended = clock.instant();
            tally.succeeded(kind, begun, ended);
            listener.request(kind, true, Duration.between(begun, ended));
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (closed.getCount() > 0) {
                Instant ended = clock.instant();
                tally.failed(kind, begun, ended, sentence.apply(e));
                listener.request(kind, false, Duration.between(begun, ended));
            }
            return false;
        }
    }

    /** What is under way is cut off and does not count. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        use.close();
    }
}
