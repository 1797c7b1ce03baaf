package kolla.runbooks.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;

/**
 * Decides what has to happen to a container. Pure. The algorithm:
 *
 * <ol>
 *   <li>no such container: create;
 *   <li>it was made otherwise than it should be (the comparison list of Kolla's own container
 *       worker: image, environment, volumes, privileges, health check, labels, namespaces), or the
 *       image its tag names on this host is another than the one it runs: recreate;
 *   <li>its files differ from what it last took over: reload where the service can, else restart;
 *   <li>it does not run: start;
 *   <li>else: leave it alone.
 * </ol>
 *
 * <p>What changes nothing about how a container serves is no reason: labels that it lacks, the
 * host's time zone mounted into it, the time for which its health check is not yet believed.
 * Containers that the reference tool made differ in these.
 */
final class ContainerComparison {

    /** These must be replaced by a new container; the others need only a new process. */
    private static final Set<RestartReason> NEEDS_RECREATION =
            EnumSet.complementOf(
                    EnumSet.of(
                            RestartReason.MISSING,
                            RestartReason.NOT_RUNNING,
                            RestartReason.CONFIGURATION,
                            RestartReason.ASKED));

    private static final Set<String> TIME_ZONE =
            Set.of("/etc/localtime:/etc/localtime:ro", "/etc/timezone:/etc/timezone:ro");

    private ContainerComparison() {}

    /**
     * @param localImage the id of the image that the desired reference names on this host; empty
     *     when it is still to be pulled
     * @param configTaken whether the files on the host are the desired ones and the running process
     *     has read them
     */
    static ContainerDelta decide(
            DesiredContainer desired,
            Optional<ContainerState> observed,
            Optional<String> localImage,
            boolean configTaken) {
        if (observed.isEmpty()) {
            return new ContainerDelta(ContainerDelta.Kind.CREATE, List.of(RestartReason.MISSING));
        }
        ContainerState state = observed.get();
        List<RestartReason> reasons =
                new ArrayList<>(madeOtherwise(desired.spec(), state, localImage));
        boolean recreate = reasons.stream().anyMatch(NEEDS_RECREATION::contains);
        if (!configTaken) {
            reasons.add(RestartReason.CONFIGURATION);
        }
        if (!state.running()) {
            reasons.add(RestartReason.NOT_RUNNING);
        }
        return new ContainerDelta(kind(desired, state, recreate, configTaken), reasons);
    }

    private static ContainerDelta.Kind kind(
            DesiredContainer desired, ContainerState state, boolean recreate, boolean configTaken) {
        if (recreate) {
            return ContainerDelta.Kind.RECREATE;
        }
        if (!state.running()) {
            return ContainerDelta.Kind.START;
        }
        if (configTaken) {
            return ContainerDelta.Kind.NONE;
        }
        return desired.reload().isEmpty()
                ? ContainerDelta.Kind.RESTART
                : ContainerDelta.Kind.RELOAD;
    }

    private static List<RestartReason> madeOtherwise(
            ContainerSpec want, ContainerState state, Optional<String> localImage) {
        ContainerSpec have = state.spec();
        List<RestartReason> reasons = new ArrayList<>();
        boolean otherImage = localImage.isPresent() && !localImage.get().equals(state.imageId());
        if (otherImage || !want.image().equals(have.image())) {
            reasons.add(RestartReason.IMAGE);
        }
        if (!want.environment().equals(have.environment())) {
            reasons.add(RestartReason.ENVIRONMENT);
        }
        if (!mounts(want).equals(mounts(have))) {
            reasons.add(RestartReason.VOLUMES);
        }
        if (want.privileged() != have.privileged()
                || !new TreeSet<>(want.capabilities()).equals(new TreeSet<>(have.capabilities()))) {
            reasons.add(RestartReason.PRIVILEGES);
        }
        if (!health(want).equals(health(have))) {
            reasons.add(RestartReason.HEALTH_CHECK);
        }
        if (!want.restartPolicy().equals(have.restartPolicy())) {
            reasons.add(RestartReason.RESTART_POLICY);
        }
        if (!want.labels().entrySet().stream()
                .allMatch(
                        l ->
                                have.labels()
                                        .getOrDefault(l.getKey(), l.getValue())
                                        .equals(l.getValue()))) {
            reasons.add(RestartReason.LABELS);
        }
        if (!want.pidMode().equals(have.pidMode())
                || !new TreeSet<>(want.tmpfs()).equals(new TreeSet<>(have.tmpfs()))) {
            reasons.add(RestartReason.NAMESPACES);
        }
        return reasons;
    }

    private static Set<String> mounts(ContainerSpec spec) {
        Set<String> mounts = new TreeSet<>(spec.volumes());
        mounts.removeAll(TIME_ZONE);
        return mounts;
    }

    private static Optional<ContainerSpec.Health> health(ContainerSpec spec) {
        return spec.health()
                .map(
                        h ->
                                new ContainerSpec.Health(
                                        h.command(),
                                        h.interval(),
                                        h.timeout(),
                                        h.retries(),
                                        Duration.ZERO));
    }
}
