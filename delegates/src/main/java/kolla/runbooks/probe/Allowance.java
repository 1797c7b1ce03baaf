package kolla.runbooks.probe;

import java.time.Duration;

/**
 * How much clients may suffer before a run asks a person.
 *
 * @param percent of all requests that may fail
 * @param gap the longest time without a success of one kind
 * @param gapWithVipMove the same while the virtual address moves
 * @param unobserved the longest time in which nobody probed
 */
public record Allowance(
        double percent, Duration gap, Duration gapWithVipMove, Duration unobserved) {

    public static final Allowance USUAL =
            new Allowance(
                    0.1, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(60));
}
