package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * Runs an exec request as sshd does: by {@code sh -c}, in a session of its own, with three pipes.
 */
final class LocalShellCommand implements Command {

    private final List<String> argv;
    private final Map<String, String> environment;
    private final AtomicBoolean gone = new AtomicBoolean();
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Process process;

    LocalShellCommand(List<String> argv, Map<String, String> environment) {
        this.argv = argv;
        this.environment = environment;
    }

    @Override
    public void start(ChannelSession channel, Environment env) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        process = builder.start();
        thread(() -> copy(in, process.getOutputStream()));
        Thread outputs = thread(() -> copy(process.getInputStream(), out));
        Thread errors = thread(() -> copy(process.getErrorStream(), err));
        thread(
                () -> {
                    int code = process.waitFor();
                    outputs.join();
                    errors.join();
                    exit.onExit(code);
                    return null;
                });
    }

    private interface Work {
        Object run() throws IOException, InterruptedException;
    }

    private static Thread thread(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException | InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private Object copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        try (to) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (!gone.get()) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            }
        }
        return null;
    }

    /** As sshd: the process is not signalled when its channel goes. */
    @Override
    public void destroy(ChannelSession channel) {
        gone.set(true);
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
