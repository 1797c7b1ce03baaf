package kolla.runbooks.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Action;

/**
 * Convergence by Kolla's container contract: configuration in {@code /etc/kolla/<container>/},
 * copied into the container by {@code kolla_set_configs} when it starts.
 *
 * <p>What a running container has taken over is noted on the host, outside the mounted folders. So
 * when the program dies between putting a file and restarting its container, the next observation
 * sees the restart that is still missing. A container without a note (one that another tool made)
 * is asked with {@code kolla_set_configs --check}, so that taking over a cluster restarts nothing.
 */
public final class KollaConvergence implements HostConvergence {

    private static final Duration HEALTH_LIMIT = Duration.ofMinutes(3);

    private final HealthWait healthWait;

    public KollaConvergence(HealthWait healthWait) {
        this.healthWait = healthWait;
    }

    @Override
    public boolean needed(RolloutContext context, Host host) {
        HostObservation seen = observe(context, host);
        return context.service().on(host).stream()
                .anyMatch(c -> adopted(context, host, c, seen).needed());
    }

    @Override
    public ContainerDelta delta(RolloutContext context, Host host, String container) {
        DesiredContainer desired = desired(context, host, container);
        return adopted(context, host, desired, observe(context, host, desired));
    }

    @Override
    public void putFiles(RolloutContext context, Host host) {
        putFiles(context, host, context.service().on(host));
    }

    @Override
    public void apply(RolloutContext context, Host host) {
        for (DesiredContainer container : context.service().on(host)) {
            apply(context, host, container, container.spec(), HEALTH_LIMIT);
        }
    }

    @Override
    public void apply(RolloutContext context, Host host, String container) {
        DesiredContainer desired = desired(context, host, container);
        apply(context, host, desired, desired.spec(), HEALTH_LIMIT);
    }

    @Override
    public void apply(RolloutContext context, Host host, ContainerSpec altered) {
        apply(context, host, altered, HEALTH_LIMIT);
    }

    @Override
    public void apply(
            RolloutContext context, Host host, ContainerSpec altered, Duration healthLimit) {
        apply(context, host, desired(context, host, altered.name()), altered, healthLimit);
    }

    @Override
    public void stop(RolloutContext context, Host host, String container) {
        ContainerEngine engine = context.engine(host);
        Optional<ContainerState> state = engine.inspect(container);
        if (state.isPresent() && (state.get().running() || state.get().restarting())) {
            Duration grace = state.get().spec().stopTimeout();
            context.journal()
                    .perform(
                            host.name(),
                            "stop " + container,
                            "its process ends within " + grace.toSeconds() + " s",
                            () -> {
                                engine.stop(container, grace);
                                return "stopped";
                            });
        }
    }

    @Override
    public void runBootstrap(RolloutContext context, Host host, BootstrapJob job) {
        if (alreadyRun(context, host, job)) {
            context.journal()
                    .log(host.name(), job.name() + " has ended with 0 in this run already");
        } else {
            runBootstrapAnew(context, host, job);
        }
    }

    @Override
    public void runBootstrapAnew(RolloutContext context, Host host, BootstrapJob job) {
        DesiredContainer desired = desired(context, host, job.container());
        putFiles(context, host, List.of(desired));
        context.journal()
                .perform(
                        host.name(),
                        "run " + job.name(),
                        "the job ends with 0 within " + job.timeout().toSeconds() + " s",
                        () -> {
                            ContainerSpec spec =
                                    desired.spec().asJob(job.name(), job.environment());
                            ContainerEngine.ExecResult result =
                                    context.engine(host).runToEnd(spec, job.timeout());
                            if (!result.ok()) {
                                throw RunbookFailure.person(
                                        "KR-ROLLOUT-001",
                                        host.name(),
                                        "the job "
                                                + job.name()
                                                + " ended with "
                                                + result.exit()
                                                + " instead of 0; its last words are in the"
                                                + " evidence",
                                        Tail.of(result.out() + "\n" + result.err(), 20));
                            }
                            return "ended with 0";
                        });
    }

    @Override
    public void awaitHealthy(RolloutContext context, Host host, String container, Duration limit) {
        healthWait.await(context, host, container, limit);
    }

    /**
     * What a job did cannot be looked at from here, so this is the one place where the journal is
     * believed: the job ended well in this run, and the volumes that it filled are still there.
     */
    private static boolean alreadyRun(RolloutContext context, Host host, BootstrapJob job) {
        DesiredContainer desired = desired(context, host, job.container());
        boolean done =
                context.journal().actions().stream()
                        .filter(a -> a.state() == Action.State.DONE)
                        .map(Action::id)
                        .anyMatch(
                                id ->
                                        id.host().equals(host.name())
                                                && id.action().equals("run " + job.name()));
        return done
                && desired.spec().volumes().stream()
                        .map(v -> v.split(":", 2)[0])
                        .filter(v -> !v.startsWith("/"))
                        .allMatch(context.engine(host)::volumeExists);
    }

    private void apply(
            RolloutContext context,
            Host host,
            DesiredContainer desired,
            ContainerSpec wanted,
            Duration healthLimit) {
        DesiredContainer container =
                new DesiredContainer(wanted, desired.files(), desired.reload());
        HostObservation seen = observe(context, host, container);
        ContainerDelta delta = adopted(context, host, container, seen);
        putFiles(context, host, List.of(desired), seen);
        if (delta.needed()) {
            String name = wanted.name();
            context.journal()
                    .perform(
                            host.name(),
                            delta.kind().verb() + " " + name,
                            "it " + delta.why(),
                            () -> act(context, host, container, delta.kind()));
        }
        healthWait.await(context, host, wanted.name(), healthLimit);
        if (!ConfigFiles.digest(container).equals(seen.taken().get(wanted.name()))) {
            note(context, host, container);
        }
    }

    private static String act(
            RolloutContext context, Host host, DesiredContainer desired, ContainerDelta.Kind kind) {
        ContainerEngine engine = context.engine(host);
        ContainerSpec spec = desired.spec();
        String name = spec.name();
        switch (kind) {
            case CREATE -> engine.create(spec);
            case RECREATE -> {
                engine.stop(name, spec.stopTimeout());
                engine.remove(name);
                engine.create(spec);
            }
            // one that ends over and over is taken out of Docker's hands before it is started anew
            case RESTART, START -> engine.stop(name, spec.stopTimeout());
            case RELOAD -> {
                Reload.take(engine, host, desired);
                return "reloaded";
            }
            case NONE -> {}
        }
        engine.start(name);
        return engine.inspect(name).map(s -> "started, container " + shortId(s)).orElse("started");
    }

    private static String shortId(ContainerState state) {
        return state.id().substring(0, Math.min(12, state.id().length()));
    }

    private static ContainerDelta adopted(
            RolloutContext context, Host host, DesiredContainer desired, HostObservation seen) {
        ContainerDelta differs = Adoption.withNote(context, host, desired, seen).delta(desired);
        ContainerState state = seen.containers().get(desired.spec().name());
        return context.restarts().with(host.name(), Optional.ofNullable(state), differs);
    }

    private static void putFiles(
            RolloutContext context, Host host, List<DesiredContainer> containers) {
        putFiles(
                context,
                host,
                containers,
                HostObserver.observe(context.connection(host), context.engine(host), containers));
    }

    private static void putFiles(
            RolloutContext context,
            Host host,
            List<DesiredContainer> containers,
            HostObservation seen) {
        List<DesiredFile> differing =
                containers.stream()
                        .flatMap(c -> ConfigFiles.differing(c, seen.files()).stream())
                        .toList();
        if (differing.isEmpty()) {
            return;
        }
        List<String> paths = differing.stream().map(DesiredFile::path).toList();
        context.journal()
                .perform(
                        host.name(),
                        "put files of "
                                + String.join(
                                        ", ",
                                        containers.stream().map(c -> c.spec().name()).toList()),
                        String.join(", ", paths),
                        () -> {
                            context.connection(host)
                                    .put(differing.stream().map(KollaConvergence::remote).toList());
                            return "written and synced";
                        });
    }

    private static RemoteFile remote(DesiredFile file) {
        return new RemoteFile(file.path(), file.content(), file.mode(), file.owner());
    }

    private static void note(RolloutContext context, Host host, DesiredContainer container) {
        context.connection(host)
                .put(
                        List.of(
                                new RemoteFile(
                                        HostObserver.NOTES + "/" + container.spec().name(),
                                        ConfigFiles.digest(container) + "\n",
                                        0640,
                                        "root:root")));
    }

    private static HostObservation observe(RolloutContext context, Host host) {
        return HostObserver.observe(
                context.connection(host), context.engine(host), context.service().on(host));
    }

    private static HostObservation observe(
            RolloutContext context, Host host, DesiredContainer container) {
        return HostObserver.observe(
                context.connection(host), context.engine(host), List.of(container));
    }

    private static DesiredContainer desired(RolloutContext context, Host host, String container) {
        return context.service()
                .container(host, container)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "container: \""
                                                + container
                                                + "\" is no container of service "
                                                + context.service().name()
                                                + " on "
                                                + host.name()
                                                + "; there are "
                                                + Map.of(
                                                        host.name(),
                                                        context.service().on(host).stream()
                                                                .map(c -> c.spec().name())
                                                                .toList())));
    }
}
