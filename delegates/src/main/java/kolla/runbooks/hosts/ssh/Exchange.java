package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * One program on one SSH session: sends its input, drains both outputs to their ends, each in a
 * thread of its own (an undrained one would stall the other when the channel's window is full), and
 * waits for the exit status.
 */
final class Exchange {

    /**
     * What came back.
     *
     * @param started whether the marker line was seen, so that login shell and sudo let it through
     * @param exit empty when the connection broke before the program's end was reported
     */
    record Ended(
            boolean started, Optional<Integer> exit, String out, String err, boolean truncated) {}

    private final RemoteProgram program;
    private final Pattern marker;
    private final CappedOutput out;
    private final CappedOutput err;
    private final CompletableFuture<Integer> pid = new CompletableFuture<>();
    private volatile Optional<Session> session = Optional.empty();

    Exchange(RemoteProgram program, String nonce, int outputLimit) {
        this.program = program;
        this.marker = Pattern.compile(Pattern.quote(nonce) + ":(\\d+)\n");
        this.out = new CappedOutput(outputLimit);
        this.err = new CappedOutput(outputLimit);
    }

    /** Blocks until the program has ended or the session has broken. */
    Ended run(Session opened, ExecutorService threads) throws IOException {
        session = Optional.of(opened);
        Session.Command command = opened.exec(program.request());
        CompletableFuture<Void> errors =
                CompletableFuture.runAsync(() -> drain(command.getErrorStream(), err), threads);
        byte[] input = program.input().getBytes(StandardCharsets.UTF_8);
        if (input.length < command.getRemoteWinSize()) {
            send(command, input);
        } else {
            threads.execute(() -> send(command, input));
        }
        drain(command.getInputStream(), out);
        errors.join();
        command.join(10, TimeUnit.SECONDS);
        pid.cancel(false);
        return ended(command);
    }

    /** The process id on the host, once the marker has come. */
    CompletableFuture<Integer> pid() {
        return pid;
    }

    /** Ends the session without waiting for the other side. */
    void abandon() {
        session.ifPresent(Exchange::closeQuietly);
    }

    private Ended ended(Session.Command command) {
        String text = out.text();
        Matcher m = marker.matcher(text);
        boolean started = m.find();
        return new Ended(
                started,
                exit(command),
                started ? text.substring(m.end()) : text,
                err.text(),
                out.truncated() || err.truncated());
    }

    private static Optional<Integer> exit(Session.Command command) {
        if (command.getExitStatus() != null) {
            return Optional.of(command.getExitStatus());
        }
        return Optional.ofNullable(command.getExitSignal()).map(ExitSignals::exitCode);
    }

    private static void send(Session.Command command, byte[] input) {
        try (OutputStream stdin = command.getOutputStream()) {
            stdin.write(input);
            // closing does not wait for room: what fits into no window any more would be lost
            stdin.flush();
        } catch (IOException e) {
            // The program ended without reading all of its input, or the connection broke; the
            // exit status, or its absence, tells which.
        }
    }

    private void drain(InputStream stream, CappedOutput kept) {
        byte[] buffer = new byte[32 * 1024];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                kept.add(buffer, n);
                if (kept == out && !pid.isDone()) {
                    lookForMarker();
                }
            }
        } catch (IOException e) {
            // The connection broke; the missing exit status tells so.
        }
    }

    private void lookForMarker() {
        Matcher m = marker.matcher(out.text());
        if (m.find()) {
            pid.complete(Integer.valueOf(m.group(1)));
        }
    }

    private static void closeQuietly(Session session) {
        try {
            session.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }
}
