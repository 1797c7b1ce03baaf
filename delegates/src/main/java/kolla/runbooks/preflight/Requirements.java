package kolla.runbooks.preflight;

import java.time.Duration;

/**
 * What a host has to offer. The defaults are the smallest that a control plane was seen to work
 * with; the keys in {@code globals.yml} are {@code runbooks_min_free_disk_gb} and {@code
 * runbooks_max_clock_offset_seconds}.
 *
 * @param engineMajor the oldest Docker engine, 20 is the one that Kolla's oldest release asks for
 */
public record Requirements(int engineMajor, long freeBytes, Duration clockOffset) {

    public static Requirements of(kolla.runbooks.inventory.Variables globals) {
        long gigabytes = globals.integer("runbooks_min_free_disk_gb", 2);
        int seconds = globals.integer("runbooks_max_clock_offset_seconds", 5);
        return new Requirements(20, gigabytes << 30, Duration.ofSeconds(seconds));
    }
}
