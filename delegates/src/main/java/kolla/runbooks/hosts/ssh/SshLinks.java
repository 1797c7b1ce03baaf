package kolla.runbooks.hosts.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;

/**
 * The open connections to one host. A connection carries a bounded number of sessions; when all are
 * taken, one more connection is opened, up to a bound; then callers wait. Connections are opened
 * one at a time, and who waits for one that fails gets its failure, so that a dead host costs many
 * callers one time-out and not one each. Dead connections are dropped when the next is asked for.
 */
final class SshLinks {

    private final Host host;
    private final SshConnector connector;
    private final int most;
    private final List<SshLink> links = new ArrayList<>();
    private Optional<CompletableFuture<SshLink>> opening = Optional.empty();

    SshLinks(Host host, SshConnector connector, int most) {
        this.host = host;
        this.connector = connector;
        this.most = most;
    }

    /**
     * A connection with one session taken on it, to be given back with {@link #giveBack}.
     *
     * @param patience how long to wait for a session when all are taken
     */
    SshLink takeSession(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            CompletableFuture<SshLink> pending;
            boolean mine = false;
            synchronized (this) {
                dropDead();
                for (SshLink link : links) {
                    if (link.tryTakeSession()) {
                        return link;
                    }
                }
                if (opening.isEmpty() && links.size() >= most) {
                    wait(millisLeft(deadline, patience));
                    continue;
                }
                mine = opening.isEmpty();
                pending = opening.orElseGet(CompletableFuture::new);
                opening = Optional.of(pending);
            }
            if (mine) {
                open(pending);
            } else {
                join(pending);
            }
        }
    }

    /** Any live connection, opened where there is none; for channels that take no session. */
    SshLink any(Duration patience) throws InterruptedException {
        synchronized (this) {
            dropDead();
            if (!links.isEmpty()) {
                return links.get(0);
            }
        }
        SshLink link = takeSession(patience);
        giveBack(link);
        return link;
    }

    synchronized void giveBack(SshLink link) {
        link.returnSession();
        notifyAll();
    }

    /** Drops a connection that proved broken, though it may still look alive. */
    void discard(SshLink link) {
        synchronized (this) {
            links.remove(link);
            notifyAll();
        }
        link.close();
    }

    void closeAll() {
        List<SshLink> closing;
        synchronized (this) {
            closing = List.copyOf(links);
            links.clear();
            notifyAll();
        }
        closing.forEach(SshLink::close);
    }

    private void open(CompletableFuture<SshLink> pending) {
        try {
            SshLink link = connector.open();
            synchronized (this) {
                links.add(link);
                opening = Optional.empty();
            }
            pending.complete(link);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                opening = Optional.empty();
            }
            pending.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private static void join(CompletableFuture<SshLink> pending) {
        try {
            pending.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RunbookFailure failure) {
                throw SshFailures.again(failure);
            }
            throw e;
        }
    }

    private long millisLeft(long deadline, Duration patience) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw SshFailures.unreachable(
                    host, "had no free session on " + most + " connections for " + patience, null);
        }
        return left;
    }

    private void dropDead() {
        for (Iterator<SshLink> i = links.iterator(); i.hasNext(); ) {
            SshLink link = i.next();
            if (!link.alive()) {
                i.remove();
                link.close();
            }
        }
    }
}
