package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Runs commands on one host. The calling thread only waits; the work is done in a thread of the
 * pool, so that an interrupt of the caller never tears a connection that others share.
 *
 * <p>A program that runs out of time is ended on the host by {@code timeout}. One whose caller is
 * interrupted gets SIGTERM over another session, and SIGKILL after the grace.
 */
final class SshCommands {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(3);

    private final Host host;
    private final SshLinks links;
    private final SshSettings settings;
    private final ExecutorService threads;

    SshCommands(Host host, SshLinks links, SshSettings settings, ExecutorService threads) {
        this.host = host;
        this.links = links;
        this.settings = settings;
        this.threads = threads;
    }

    CommandResult run(Command command) {
        String nonce = HexFormat.of().toHexDigits(RANDOM.nextLong());
        Exchange exchange =
                new Exchange(
                        RemoteProgram.of(
                                command, nonce, host.login().become(), settings.killGrace()),
                        nonce,
                        settings.outputLimit());
        Call call = new Call(command, exchange);
        Future<CommandResult> result = threads.submit(call::perform);
        Duration limit = command.timeout().plus(settings.killGrace()).plus(SIGNAL_PATIENCE);
        try {
            call.begun.get();
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            String fate = end(exchange, result);
            throw SshFailures.timedOut(
                    host, call.name(), "gave no answer within " + limit + "; " + fate);
        } catch (InterruptedException e) {
            String fate = end(exchange, result);
            Thread.currentThread().interrupt();
            throw SshFailures.cancelled(host, call.name(), fate);
        }
    }

    /** Signals the program over another session; says what became of it. */
    private String end(Exchange exchange, Future<CommandResult> result) {
        CompletableFuture<String> fate = new CompletableFuture<>();
        threads.execute(() -> fate.complete(signal(exchange)));
        boolean interrupted = Thread.interrupted();
        try {
            String said = fate.get(settings.replyTimeout().toMillis(), TimeUnit.MILLISECONDS);
            result.get(
                    settings.killGrace().plus(SIGNAL_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
            return said;
        } catch (ExecutionException | TimeoutException e) {
            return "whether it still runs on the host is not known";
        } catch (InterruptedException e) {
            interrupted = true;
            return "whether it still runs on the host is not known";
        } finally {
            threads.execute(exchange::abandon);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String signal(Exchange exchange) {
        try {
            int pid = exchange.pid().get(SIGNAL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Command kill =
                    new Command(
                            List.of("sh", "-c", "kill -TERM \"$1\"", "sh", String.valueOf(pid)),
                            java.util.Map.of(),
                            "",
                            SIGNAL_PATIENCE);
            CommandResult sent = run(kill);
            return sent.ok() ? "it was ended on the host" : "it had ended already";
        } catch (java.util.concurrent.CancellationException e) {
            return "it had ended already";
        } catch (RunbookFailure | ExecutionException | TimeoutException e) {
            return "it could not be signalled on the host";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it could not be signalled on the host";
        }
    }

    /** One command from the wait for a session to the judgement of what came back. */
    private final class Call {

        private final Command command;
        private final Exchange exchange;
        private final CompletableFuture<Void> begun = new CompletableFuture<>();

        Call(Command command, Exchange exchange) {
            this.command = command;
            this.exchange = exchange;
        }

        String name() {
            return String.join(" ", command.argv().stream().limit(3).toList());
        }

        CommandResult perform() throws InterruptedException {
            try {
                return attempt();
            } finally {
                begun.complete(null);
            }
        }

        private CommandResult attempt() throws InterruptedException {
            SshLink link = links.takeSession(command.timeout());
            try {
                Session session = link.client().startSession();
                return on(session, link);
            } catch (IOException e) {
                // Nothing was sent yet: the connection broke while it lay idle. Once more.
                links.discard(link);
            } finally {
                links.giveBack(link);
            }
            return secondAttempt();
        }

        private CommandResult secondAttempt() throws InterruptedException {
            SshLink link = links.takeSession(command.timeout());
            try {
                Session session = link.client().startSession();
                return on(session, link);
            } catch (IOException e) {
                links.discard(link);
                throw SshFailures.unreachable(host, "opened no session", e);
            } finally {
                links.giveBack(link);
            }
        }

        private CommandResult on(Session session, SshLink link) {
            long start = System.nanoTime();
            begun.complete(null);
            return judge(exchangeOn(session, link), start);
        }

        private Exchange.Ended exchangeOn(Session session, SshLink link) {
            try (session) {
                return exchange.run(session, threads);
            } catch (IOException e) {
                if (!link.alive()) {
                    links.discard(link);
                }
                throw SshFailures.unreachable(host, "broke off while \"" + name() + "\" ran", e);
            }
        }

        private CommandResult judge(Exchange.Ended ended, long start) {
            if (ended.exit().isEmpty()) {
                throw SshFailures.unreachable(
                        host, "broke off while \"" + name() + "\" ran; its end was not seen", null);
            }
            int exit = ended.exit().get();
            if (!ended.started()) {
                throw notStarted(ended);
            }
            boolean overtime = System.nanoTime() - start >= command.timeout().toNanos();
            if (overtime && (exit == 124 || exit == 128 + 9)) {
                throw SshFailures.timedOut(
                        host,
                        name(),
                        "did not end within " + command.timeout() + " and was ended on the host");
            }
            return new CommandResult(exit, ended.out(), ended.err(), ended.truncated());
        }

        private RunbookFailure notStarted(Exchange.Ended ended) {
            List<String> words = (ended.err() + ended.out()).lines().limit(20).toList();
            if (host.login().become()) {
                return SshFailures.sudoRefused(host, words);
            }
            return SshFailures.loginRefused(
                    host,
                    "let the login in but ran no command (exit "
                            + ended.exit().orElse(-1)
                            + "): "
                            + words.stream().findFirst().orElse("no output"),
                    null);
        }
    }
}
