package kolla.runbooks.lab;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client that logs in at the virtual address again and again, twice a second at most. */
final class TokenClient implements AutoCloseable {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final IdentityClient identity;
    private final String password;
    private final Thread thread = new Thread(this::use, "token-client");
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Instant> failed = new ArrayList<>();
    private volatile boolean open = true;
    private Instant lastGood = Instant.now();
    private Duration longestGap = Duration.ZERO;

    private TokenClient(LabCluster cluster) {
        identity = new IdentityClient(cluster);
        password = cluster.password("keystone_admin_password");
    }

    static TokenClient of(LabCluster cluster) {
        TokenClient client = new TokenClient(cluster);
        client.thread.setDaemon(true);
        client.thread.start();
        return client;
    }

    private void use() {
        while (open) {
            boolean good = issued();
            asked.incrementAndGet();
            synchronized (failed) {
                Instant now = Instant.now();
                if (good) {
                    Duration gap = Duration.between(lastGood, now);
                    longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
                    lastGood = now;
                } else {
                    failed.add(now);
                }
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean issued() {
        try {
            return identity.login("admin", password, "admin").isPresent();
        } catch (UncheckedIOException broken) {
            return false;
        }
    }

    int asked() {
        return asked.get();
    }

    /** When a login was refused or broke. */
    List<Instant> failed() {
        synchronized (failed) {
            return List.copyOf(failed);
        }
    }

    @Override
    public String toString() {
        synchronized (failed) {
            return asked
                    + " logins, "
                    + failed.size()
                    + " failed, longest time without one "
                    + longestGap.toMillis()
                    + " ms, failures at "
                    + failed;
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(40));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
