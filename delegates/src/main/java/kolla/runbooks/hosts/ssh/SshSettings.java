package kolla.runbooks.hosts.ssh;

import java.time.Duration;

/**
 * The limits of the connections to hosts.
 *
 * @param connectTimeout for TCP, key exchange and login, each
 * @param replyTimeout for the answer to a request on a warm connection, such as opening a channel
 * @param keepAliveSeconds between two signs of life; three unanswered ones end the connection
 * @param sessionsPerConnection below OpenSSH's {@code MaxSessions}, which is 10 by default
 * @param connectionsPerHost further ones are opened only when all sessions are busy
 * @param outputLimit bytes kept of each output stream of a command; the rest is drained and dropped
 * @param killGrace between SIGTERM and SIGKILL for a program that ran out of time
 */
public record SshSettings(
        Duration connectTimeout,
        Duration replyTimeout,
        int keepAliveSeconds,
        int sessionsPerConnection,
        int connectionsPerHost,
        int outputLimit,
        Duration killGrace) {

    public static final SshSettings DEFAULT =
            new SshSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    5,
                    8,
                    4,
                    4 * 1024 * 1024,
                    Duration.ofSeconds(5));
}
