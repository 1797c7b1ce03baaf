package kolla.runbooks.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that logs in through the virtual address again and again, keeps every token, and shows
 * them to each host's own Keystone in turn, in a spelling that no cache has seen.
 */
final class HeldTokens implements AutoCloseable {

    private static final int SPELLINGS = 200;

    private final LabCluster cluster;
    private final List<String> addresses;
    private final IdentityClient identity;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final AtomicInteger shown = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * @param addresses of the hosts
     */
    HeldTokens(LabCluster cluster, List<String> addresses) {
        this.cluster = cluster;
        this.addresses = List.copyOf(addresses);
        identity = new IdentityClient(cluster);
        logIn();
        for (Runnable use : List.<Runnable>of(this::logIn, this::showAll)) {
            Thread thread = new Thread(() -> whileOpen(use), "held-tokens");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void whileOpen(Runnable use) {
        while (open) {
            use.run();
        }
    }

    private void logIn() {
        logins.incrementAndGet();
        boolean issued =
                identity.login("admin", cluster.password("keystone_admin_password"), "admin")
                        .isPresent();
        if (issued) {
            tokens.add(identity.token());
        } else {
            refused.add(Instant.now() + " a login");
        }
    }

    private void showAll() {
        String spelling = "....".repeat(1 + shown.get() % SPELLINGS);
        for (String address : addresses) {
            // the first is the oldest, the others are told apart by chance
            int number = shown.get() % 3 == 0 ? 0 : shown.get() % tokens.size();
            int status = show(address, tokens.get(number) + spelling);
            shown.incrementAndGet();
            if (status != 200) {
                refused.add(Instant.now() + " token " + number + " at " + address + ": " + status);
            }
        }
    }

    /** What the Keystone of this host answers to somebody who comes with this token. */
    int show(String address, String token) {
        try {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://" + address + ":5000/v3/auth/projects"))
                                    .header("X-Auth-Token", token)
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The token that was issued first. */
    String oldest() {
        return tokens.get(0);
    }

    int shown() {
        return shown.get();
    }

    /** When something was refused, and what. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public String toString() {
        return logins + " logins, " + shown + " times a token shown, refused: " + refused;
    }

    @Override
    public void close() {
        open = false;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(40));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
