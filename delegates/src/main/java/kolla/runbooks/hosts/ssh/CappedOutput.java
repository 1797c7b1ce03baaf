package kolla.runbooks.hosts.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of a stream up to a limit and forgets the rest. Thread-safe. */
final class CappedOutput {

    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    CappedOutput(int limit) {
        this.limit = limit;
    }

    synchronized void add(byte[] bytes, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, 0, room);
        truncated |= room < length;
    }

    synchronized boolean truncated() {
        return truncated;
    }

    /** What was kept, as UTF-8; broken sequences become the replacement character. */
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
