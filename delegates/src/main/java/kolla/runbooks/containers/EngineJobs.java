package kolla.runbooks.containers;

import com.github.dockerjava.api.model.WaitResponse;
import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine.ExecResult;

/**
 * Containers that run once to their end. The container outlives this program: it is started
 * detached, and what it came to stays on the host until it was read. So a second attempt finds the
 * first one's container and waits for it, or reads its outcome, instead of doing the work again. A
 * container that has ended and was made from another spec is an older job's; it is replaced.
 */
final class EngineJobs {

    private final DockerEngine engine;
    private final EngineCalls calls;
    private final EngineExec exec;

    EngineJobs(DockerEngine engine, EngineCalls calls) {
        this.engine = engine;
        this.calls = calls;
        this.exec = new EngineExec(calls);
    }

    ExecResult run(ContainerSpec job, Duration timeout) {
        String name = job.name();
        Optional<ContainerState> there = engine.inspect(name);
        if (there.isPresent() && isLeftOver(there.get(), job)) {
            engine.remove(name);
            there = Optional.empty();
        }
        if (there.isEmpty()) {
            engine.create(job);
        }
        if (there.map(s -> s.startedAt().isEmpty()).orElse(true)) {
            engine.start(name);
        }
        awaitEnd(name, timeout);
        int exit =
                engine.inspect(name)
                        .flatMap(ContainerState::exitCode)
                        .orElseThrow(
                                () ->
                                        EngineFailures.refused(
                                                calls.host(),
                                                "run " + name,
                                                "somebody removed or restarted the container",
                                                null));
        EngineOutput output = exec.logs(name, Optional.empty());
        engine.remove(name);
        return new ExecResult(exit, output.out(), output.err());
    }

    private static boolean isLeftOver(ContainerState state, ContainerSpec job) {
        return !state.running() && !state.spec().equals(job);
    }

    private void awaitEnd(String name, Duration timeout) {
        String call = "wait for " + name;
        Ending ending = new Ending();
        try {
            calls.patient().waitContainerCmd(name).exec(ending);
            if (!ending.ended(timeout)) {
                throw EngineFailures.overtime(
                        calls.host(),
                        "the job "
                                + name
                                + " did not end within "
                                + timeout
                                + "; it goes on, and the next attempt waits for it again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFailures.cancelled(calls.host(), call, e);
        } catch (RuntimeException e) {
            throw calls.judge(call, e);
        } finally {
            ending.closeQuietly();
        }
    }

    /** Completes when the container has ended; the exit code is read from its state. */
    private static final class Ending extends EngineStream<WaitResponse> {}
}
