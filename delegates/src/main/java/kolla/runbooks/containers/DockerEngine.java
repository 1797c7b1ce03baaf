package kolla.runbooks.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.InfoRegistryConfig;
import com.github.dockerjava.api.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import kolla.runbooks.failure.RunbookFailure;

/** A host's Docker engine through docker-java; see the port for what it promises. */
final class DockerEngine implements ContainerEngine {

    private static final String KOLLA_CONFIG = "/var/lib/kolla/config_files";

    private final EngineCalls calls;
    private final ImagePull pull;
    private final EngineExec exec;
    private final EngineJobs jobs;

    DockerEngine(EngineCalls calls) {
        this.calls = calls;
        this.pull = new ImagePull(calls);
        this.exec = new EngineExec(calls);
        this.jobs = new EngineJobs(this, calls);
    }

    @Override
    public Info info() {
        Version version = call("version", c -> c.versionCmd().exec());
        com.github.dockerjava.api.model.Info info = call("info", c -> c.infoCmd().exec());
        return new Info(
                version.getVersion(),
                version.getApiVersion(),
                info.getDriver(),
                Optional.ofNullable(info.getRegistryConfig())
                        .map(DockerEngine::insecure)
                        .orElse(List.of()));
    }

    private static List<String> insecure(InfoRegistryConfig config) {
        List<String> registries =
                new ArrayList<>(
                        Objects.requireNonNullElse(config.getInsecureRegistryCIDRs(), List.of()));
        Objects.requireNonNullElse(
                        config.getIndexConfigs(), Map.<String, InfoRegistryConfig.IndexConfig>of())
                .forEach(
                        (name, index) -> {
                            if (Boolean.FALSE.equals(index.getSecure())) {
                                registries.add(name);
                            }
                        });
        return registries;
    }

    @Override
    public List<ContainerState> list() {
        return call("list containers", c -> c.listContainersCmd().withShowAll(true).exec()).stream()
                .filter(DockerEngine::isKollas)
                .map(c -> inspect(c.getId()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Made here, or by somebody else to Kolla's conventions. */
    private static boolean isKollas(Container container) {
        boolean ours =
                Optional.ofNullable(container.getLabels())
                        .map(labels -> labels.containsKey(GivenLabel.OURS))
                        .orElse(false);
        return ours
                || Optional.ofNullable(container.getMounts()).orElse(List.of()).stream()
                        .anyMatch(
                                m ->
                                        m.getDestination() != null
                                                && m.getDestination().startsWith(KOLLA_CONFIG));
    }

    @Override
    public Optional<ContainerState> inspect(String name) {
        return found("inspect " + name, c -> c.inspectContainerCmd(name).exec())
                .map(c -> ContainerReading.state(c, imageOf(c)));
    }

    private Optional<ContainerConfig> imageOf(InspectContainerResponse container) {
        if (GivenLabel.readFrom(container).isPresent()) {
            return Optional.empty();
        }
        String id = container.getImageId();
        return found("inspect image " + id, c -> c.inspectImageCmd(id).exec().getConfig());
    }

    @Override
    public Optional<String> imageId(String reference) {
        return found(
                "inspect image " + reference, c -> c.inspectImageCmd(reference).exec().getId());
    }

    @Override
    public String pull(String reference, Optional<RegistryLogin> login, Duration timeout) {
        pull.pull(reference, login, timeout);
        return imageId(reference)
                .orElseThrow(
                        () ->
                                EngineFailures.imageMissing(
                                        calls.host(), reference, "gone right after its pull"));
    }

    @Override
    public void create(ContainerSpec spec) {
        try {
            createOnce(spec);
        } catch (RunbookFailure e) {
            // Whether the engine got the request is not known; the container's presence tells.
            if (!e.code().equals("KR-ENGINE-001")) {
                throw e;
            }
            if (inspect(spec.name()).isEmpty()) {
                createOnce(spec);
            }
        }
    }

    private void createOnce(ContainerSpec spec) {
        String name = "create " + spec.name();
        try {
            calls.once(
                    name,
                    c -> {
                        CreateContainerCmd request = c.createContainerCmd(spec.image());
                        ContainerMaking.fill(request, spec);
                        return request.exec();
                    });
        } catch (NotFoundException e) {
            throw EngineFailures.imageMissing(calls.host(), spec.image(), EngineCalls.words(e));
        } catch (DockerException e) {
            throw calls.judge(name, e);
        }
    }

    /** How often a start is tried when the runtime lost its own new process (seen under load). */
    private static final int STARTS = 3;

    @Override
    public void start(String name) {
        for (int attempt = 1; ; attempt++) {
            try {
                unlessDone("start " + name, c -> c.startContainerCmd(name).exec());
                return;
            } catch (RunbookFailure failure) {
                // runc: nothing of the container has run yet, so starting it again repeats nothing.
                boolean lost = failure.getMessage().contains("waiting for init preliminary setup");
                if (!lost || attempt == STARTS) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public void stop(String name, Duration grace) {
        int seconds = Math.toIntExact(grace.toSeconds());
        try {
            calls.againPatiently(
                    "stop " + name, c -> c.stopContainerCmd(name).withTimeout(seconds).exec());
        } catch (NotModifiedException | NotFoundException e) {
            // It stands already, or is gone.
        } catch (DockerException e) {
            throw calls.judge("stop " + name, e);
        }
    }

    @Override
    public void remove(String name) {
        found("remove " + name, c -> c.removeContainerCmd(name).exec());
    }

    @Override
    public ExecResult exec(
            String name,
            List<String> argv,
            Map<String, String> environment,
            Optional<String> user,
            Duration timeout) {
        return exec.run(name, argv, environment, user, timeout);
    }

    @Override
    public List<String> logs(String name, int lines) {
        return exec.logs(name, Optional.of(lines)).lines();
    }

    @Override
    public ExecResult runToEnd(ContainerSpec job, Duration timeout) {
        return jobs.run(job, timeout);
    }

    @Override
    public boolean volumeExists(String name) {
        return volumePath(name).isPresent();
    }

    @Override
    public Optional<String> volumePath(String name) {
        return found(
                "inspect volume " + name, c -> c.inspectVolumeCmd(name).exec().getMountpoint());
    }

    private <T> T call(String name, Function<DockerClient, T> call) {
        try {
            return calls.again(name, call);
        } catch (DockerException e) {
            throw calls.judge(name, e);
        }
    }

    /** Empty when the engine knows no such thing. */
    private <T> Optional<T> found(String name, Function<DockerClient, T> call) {
        try {
            return Optional.ofNullable(calls.again(name, call));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (DockerException e) {
            throw calls.judge(name, e);
        }
    }

    private void unlessDone(String name, Function<DockerClient, Void> call) {
        try {
            calls.again(name, call);
        } catch (NotModifiedException e) {
            // It is as it should be.
        } catch (DockerException e) {
            throw calls.judge(name, e);
        }
    }
}
