package kolla.runbooks.fakes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;

/** A Docker engine in memory: containers that run as long as nobody says otherwise. */
public final class FakeEngine implements ContainerEngine {

    /** Answers what is executed in containers. */
    public interface Exec {
        Optional<ExecResult> run(String container, List<String> argv, Map<String, String> env);
    }

    private final Map<String, ContainerState> containers = new LinkedHashMap<>();
    private final Map<String, String> images = new LinkedHashMap<>();
    private final Set<String> volumes = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Exec> execs = new ArrayList<>();
    private final Set<String> endingAtOnce = new HashSet<>();
    private Set<String> registry = Set.of();
    private boolean registryHasAll = true;
    private List<String> insecure = List.of();
    private Optional<RunbookFailure> down = Optional.empty();
    private ExecResult jobResult = new ExecResult(0, "", "");
    private int ids;
    private long starts;

    /** What was done, in order: {@code create keystone}, {@code start keystone}, … */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized void forgetCalls() {
        calls.clear();
    }

    public synchronized void execs(Exec exec) {
        execs.add(0, exec);
    }

    public synchronized void registryHas(Set<String> references) {
        registry = Set.copyOf(references);
        registryHasAll = false;
    }

    public synchronized void jobsEndWith(ExecResult result) {
        jobResult = result;
    }

    /** Containers of this name end as soon as they are started. */
    public synchronized void endsAtOnce(String container) {
        endingAtOnce.add(container);
    }

    public synchronized void stays(String container) {
        endingAtOnce.remove(container);
    }

    public synchronized void hasImage(String reference) {
        images.put(reference, "sha256:" + reference);
    }

    public synchronized void hasVolume(String name) {
        volumes.add(name);
    }

    /** Registries that it reaches without TLS. */
    public synchronized void reachesWithoutTls(List<String> registries) {
        insecure = List.copyOf(registries);
    }

    /** From now on it does not say what it is; empty ends that. */
    public synchronized void answers(Optional<RunbookFailure> failure) {
        down = failure;
    }

    @Override
    public synchronized Info info() {
        down.ifPresent(
                failure -> {
                    throw failure;
                });
        return new Info("26.1.5", "1.45", "overlay2", insecure);
    }

    @Override
    public synchronized List<ContainerState> list() {
        return List.copyOf(containers.values());
    }

    @Override
    public synchronized Optional<ContainerState> inspect(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    @Override
    public synchronized Optional<String> imageId(String reference) {
        return Optional.ofNullable(images.get(reference));
    }

    @Override
    public synchronized String pull(
            String reference, Optional<RegistryLogin> login, Duration timeout) {
        calls.add("pull " + reference);
        if (!registryHasAll && !registry.contains(reference)) {
            throw RunbookFailure.person(
                    "KR-ENGINE-002", "fake", "image " + reference + " is not in the registry");
        }
        hasImage(reference);
        return images.get(reference);
    }

    @Override
    public synchronized void create(ContainerSpec spec) {
        calls.add("create " + spec.name());
        if (containers.containsKey(spec.name())) {
            throw RunbookFailure.person("KR-ENGINE-005", "fake", spec.name() + " is there already");
        }
        for (String volume : spec.volumes()) {
            volumes.add(volume.split(":", 2)[0]);
        }
        containers.put(
                spec.name(),
                new ContainerState(
                        "id" + ++ids,
                        spec,
                        images.getOrDefault(spec.image(), "sha256:" + spec.image()),
                        false,
                        ContainerState.Health.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        0));
    }

    @Override
    public synchronized void start(String name) {
        calls.add("start " + name);
        running(name, !endingAtOnce.contains(name), 1);
    }

    @Override
    public synchronized void stop(String name, Duration grace) {
        calls.add("stop " + name);
        if (containers.containsKey(name)) {
            running(name, false, 0);
        }
    }

    private void running(String name, boolean running, int exit) {
        ContainerState old = containers.get(name);
        containers.put(
                name,
                new ContainerState(
                        old.id(),
                        old.spec(),
                        old.imageId(),
                        running,
                        ContainerState.Health.NONE,
                        running ? Optional.empty() : Optional.of(exit),
                        running
                                ? Optional.of(Instant.EPOCH.plusSeconds(starts++))
                                : old.startedAt(),
                        0));
    }

    @Override
    public synchronized void remove(String name) {
        calls.add("remove " + name);
        containers.remove(name);
    }

    @Override
    public synchronized ExecResult exec(
            String name,
            List<String> argv,
            Map<String, String> environment,
            Optional<String> user,
            Duration timeout) {
        for (Exec exec : execs) {
            Optional<ExecResult> result = exec.run(name, argv, environment);
            if (result.isPresent()) {
                return result.get();
            }
        }
        return new ExecResult(0, "", "");
    }

    @Override
    public synchronized List<String> logs(String name, int lines) {
        return List.of("last words of " + name);
    }

    @Override
    public synchronized ExecResult runToEnd(ContainerSpec job, Duration timeout) {
        calls.add("run " + job.name());
        for (String volume : job.volumes()) {
            volumes.add(volume.split(":", 2)[0]);
        }
        return jobResult;
    }

    @Override
    public synchronized boolean volumeExists(String name) {
        return volumes.contains(name);
    }

    @Override
    public synchronized Optional<String> volumePath(String name) {
        return volumes.contains(name)
                ? Optional.of("/var/lib/docker/volumes/" + name + "/_data")
                : Optional.empty();
    }
}
