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
    }

    /** The real one: a look a second. */
    public static Patience everySecond() {
        return new Patience(InstantSource.system(), () -> Thread.sleep(1000));
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

    /** One pause. */
    public void rest() {
        try {
            pause.between();
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
