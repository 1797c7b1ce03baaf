package kolla.runbooks.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;

/**
 * Calls to one engine and the meaning of their failures. There are two clients on the same socket:
 * one that gives up on an engine which says nothing for a while, and one for calls that may rightly
 * be silent for long (output of programs, stops, pulls), which are bounded by their callers.
 */
final class EngineCalls implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final HostConnection connection;
    private final DockerClient quick;
    private final DockerClient patient;

    EngineCalls(HostConnection connection) {
        this.connection = connection;
        Path socket = connection.dockerSocket();
        this.quick = client(socket, SILENCE);
        this.patient = client(socket, Duration.ZERO);
    }

    private static DockerClient client(Path socket, Duration silence) {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost("unix://" + socket)
                        .withDockerTlsVerify(false)
                        // Logins of whoever runs the program are none of this cluster's.
                        .withDockerConfig(socket.resolveSibling("no-docker-config").toString())
                        .build();
        ApacheDockerHttpClient.Builder http =
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .connectionTimeout(Duration.ofSeconds(30))
                        .maxConnections(50);
        if (!silence.isZero()) {
            http.responseTimeout(silence);
        }
        return DockerClientImpl.getInstance(config, http.build());
    }

    String host() {
        return connection.host().name();
    }

    HostConnection connection() {
        return connection;
    }

    /** For streams, whose callers bound them. */
    DockerClient patient() {
        return patient;
    }

    /** A call that may be made twice: once more when a kept connection proved broken. */
    <T> T again(String name, Function<DockerClient, T> call) {
        return again(name, quick, call);
    }

    /** As {@link #again(String, Function)}, for calls that may be silent for long. */
    <T> T againPatiently(String name, Function<DockerClient, T> call) {
        return again(name, patient, call);
    }

    private <T> T again(String name, DockerClient client, Function<DockerClient, T> call) {
        try {
            return call.apply(client);
        } catch (DockerException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!isTransport(e) || Thread.currentThread().isInterrupted()) {
                throw judge(name, e);
            }
            return once(name, client, call);
        }
    }

    /** A call that must not be made twice. */
    <T> T once(String name, Function<DockerClient, T> call) {
        return once(name, quick, call);
    }

    private <T> T once(String name, DockerClient client, Function<DockerClient, T> call) {
        try {
            return call.apply(client);
        } catch (DockerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw judge(name, e);
        }
    }

    /** What a failure that is no answer of the engine means. Asks the host whether it is there. */
    RunbookFailure judge(String name, RuntimeException e) {
        if (e instanceof RunbookFailure failure) {
            return failure;
        }
        if (e instanceof DockerException answer) {
            return EngineFailures.judge(host(), name, words(answer), answer);
        }
        if (Thread.currentThread().isInterrupted()) {
            return EngineFailures.cancelled(host(), name, e);
        }
        if (!isTransport(e)) {
            return EngineFailures.refused(host(), name, String.valueOf(e.getMessage()), e);
        }
        CommandResult probe =
                connection.run(
                        Command.of("docker", "version", "--format", "{{.Server.Version}}")
                                .within(Duration.ofSeconds(10)));
        List<String> words = (probe.err() + probe.out()).lines().limit(5).toList();
        return EngineFailures.silent(host(), name, words, e);
    }

    /** The engine's own words: {@code {"message":"…"}} without its wrapping. */
    static String words(DockerException e) {
        String text = String.valueOf(e.getMessage());
        String marker = "\"message\":\"";
        int at = text.indexOf(marker);
        int end = text.lastIndexOf("\"}");
        return at < 0 || end < at
                ? text.strip()
                : text.substring(at + marker.length(), end).replace("\\\"", "\"").strip();
    }

    private static boolean isTransport(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        quick.close();
        patient.close();
    }
}
