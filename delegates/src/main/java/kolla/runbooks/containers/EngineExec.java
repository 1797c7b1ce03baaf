package kolla.runbooks.containers;

import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;

/**
 * Programs inside containers, and what containers print. The engine cannot end a program that it
 * was told to run, so one that runs out of time or whose caller is interrupted is signalled on the
 * host by its process id: SIGTERM, then SIGKILL after two seconds.
 */
final class EngineExec {

    private static final Duration LOGS = Duration.ofSeconds(60);
    private static final String KILL =
            """
            kill -TERM -- "-$1" 2>/dev/null || kill -TERM "$1" 2>/dev/null || exit 0
            for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || exit 0; sleep 0.2; done
            kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1"
            """;

    private final EngineCalls calls;

    EngineExec(EngineCalls calls) {
        this.calls = calls;
    }

    ExecResult run(
            String container,
            List<String> argv,
            Map<String, String> environment,
            Optional<String> user,
            Duration timeout) {
        String name = "exec " + argv.get(0) + " in " + container;
        long deadline = System.nanoTime() + timeout.toNanos();
        String id = create(name, container, argv, environment, user);
        EngineOutput output = new EngineOutput();
        try {
            calls.patient().execStartCmd(id).exec(output);
            boolean ended = output.ended(timeout);
            InspectExecResponse state = inspect(name, id);
            while (ended && Boolean.TRUE.equals(state.isRunning())) {
                // It closed its outputs and goes on.
                ended = System.nanoTime() < deadline;
                TimeUnit.MILLISECONDS.sleep(20);
                state = inspect(name, id);
            }
            if (!ended) {
                end(id);
                throw EngineFailures.overtime(
                        calls.host(), name + " did not end within " + timeout + " and was ended");
            }
            return new ExecResult(
                    Math.toIntExact(state.getExitCodeLong()), output.out(), output.err());
        } catch (InterruptedException e) {
            end(id);
            Thread.currentThread().interrupt();
            throw EngineFailures.cancelled(calls.host(), name, e);
        } catch (RuntimeException e) {
            throw calls.judge(name, e);
        } finally {
            output.closeQuietly();
        }
    }

    /** Both outputs of a container: its last lines, or all that is kept. */
    EngineOutput logs(String container, Optional<Integer> lastLines) {
        String name = "logs " + container;
        EngineOutput output = new EngineOutput();
        try {
            LogContainerCmd request =
                    calls.patient().logContainerCmd(container).withStdOut(true).withStdErr(true);
            lastLines.ifPresent(request::withTail);
            request.exec(output);
            if (!output.ended(LOGS)) {
                throw EngineFailures.overtime(calls.host(), name + " took longer than " + LOGS);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFailures.cancelled(calls.host(), name, e);
        } catch (RuntimeException e) {
            throw calls.judge(name, e);
        } finally {
            output.closeQuietly();
        }
    }

    private String create(
            String name,
            String container,
            List<String> argv,
            Map<String, String> environment,
            Optional<String> user) {
        try {
            return calls.again(
                    name,
                    c -> {
                        ExecCreateCmd request =
                                c.execCreateCmd(container)
                                        .withAttachStdout(true)
                                        .withAttachStderr(true)
                                        .withCmd(argv.toArray(String[]::new))
                                        .withEnv(
                                                environment.entrySet().stream()
                                                        .map(e -> e.getKey() + "=" + e.getValue())
                                                        .toList());
                        user.ifPresent(request::withUser);
                        return request.exec().getId();
                    });
        } catch (DockerException e) {
            throw calls.judge(name, e);
        }
    }

    private InspectExecResponse inspect(String name, String id) {
        return calls.again(name, c -> c.inspectExecCmd(id).exec());
    }

    private void end(String id) {
        try {
            Long pid = inspect("inspect exec", id).getPidLong();
            if (pid != null && pid > 1) {
                calls.connection()
                        .run(
                                Command.script(KILL, String.valueOf(pid))
                                        .within(Duration.ofSeconds(10)));
            }
        } catch (RunbookFailure | DockerException e) {
            // The time-out or the cancelling is what the caller must hear of.
        }
    }
}
