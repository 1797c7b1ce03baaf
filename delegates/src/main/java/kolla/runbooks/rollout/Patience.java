package kolla.runbooks.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import kolla.runbooks.failure.RunbookFailure;

/**
 * Looks again and again until something is seen or a limit has passed. Clock and pause are given,
 * so that a test of an hour's wait takes no time.
 */
public record Patience(InstantSource clock, Pause pause) {

    /** How to let time pass between two looks; interrupted when the step is cancelled. */
    public interface Pause {
        void between() throws InterruptedException;

        /**
         * The same for who says how long has been waited already, so that looks may be close
         * together at first and rarer later.
         */
        default void after(Duration waited) throws InterruptedException {
            between();
        }
    }

    /** Looks are this far apart at first, and never closer. */
    private static final Duration SOON = Duration.ofMillis(150);

    /** And this is how far apart they ever get. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The real one: a look a second. */
    public static Patience everySecond() {
        return new Patience(InstantSource.system(), () -> Thread.sleep(SECOND.toMillis()));
    }

    /**
     * The real one for what mostly takes a few seconds and may take hours: who says how long it has
     * waited looks again after an eighth of that, at least every second.
     */
    public static Patience soonThenEverySecond() {
        return new Patience(
                InstantSource.system(),
                new Pause() {
                    @Override
                    public void between() throws InterruptedException {
                        Thread.sleep(SECOND.toMillis());
                    }

                    @Override
                    public void after(Duration waited) throws InterruptedException {
                        Thread.sleep(growing(waited).toMillis());
                    }
                });
    }

    /** Pure. */
    static Duration growing(Duration waited) {
        Duration part = waited.dividedBy(8);
        if (part.compareTo(SOON) < 0) {
            return SOON;
        }
        return part.compareTo(SECOND) < 0 ? part : SECOND;
    }

    /**
     * Looks at once and then after every pause.
     *
     * @return what was seen; empty when the limit passed
     * @throws RunbookFailure {@code KR-ROLLOUT-005} when the step was cancelled meanwhile
     */
    public <T> Optional<T> until(Duration limit, Supplier<Optional<T>> look) {
        Instant end = clock.instant().plus(limit);
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent() || !clock.instant().isBefore(end)) {
                return seen;
            }
            rest();
        }
    }

    /**
     * One pause.
     *
     * @throws RunbookFailure {@code KR-ROLLOUT-005} when the step was cancelled meanwhile
     */
    public void rest() {
        rest(pause);
    }

    /** One pause of a wait that began then. */
    public void restSince(Instant begun) {
        rest(() -> pause.after(Duration.between(begun, clock.instant())));
    }

    private static void rest(Pause one) {
        try {
            one.between();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunbookFailure(
                    "KR-ROLLOUT-005",
                    RunbookFailure.Remedy.RETRY,
                    Optional.empty(),
                    "the step was cancelled while it waited",
                    java.util.List.of(),
                    e);
        }
    }
}
