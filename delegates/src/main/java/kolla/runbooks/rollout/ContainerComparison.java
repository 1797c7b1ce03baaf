package kolla.runbooks.rollout;

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
 */
final class ContainerComparison {

    /** These must be replaced by a new container; the others need only a new process. */
    private static final Set<RestartReason> NEEDS_RECREATION =
            EnumSet.complementOf(
                    EnumSet.of(
                            RestartReason.MISSING,
                            RestartReason.NOT_RUNNING,
                            RestartReason.CONFIGURATION));

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
        if (!new TreeSet<>(want.volumes()).equals(new TreeSet<>(have.volumes()))) {
            reasons.add(RestartReason.VOLUMES);
        }
        if (want.privileged() != have.privileged()
                || !new TreeSet<>(want.capabilities()).equals(new TreeSet<>(have.capabilities()))) {
            reasons.add(RestartReason.PRIVILEGES);
        }
        if (!want.health().equals(have.health())) {
            reasons.add(RestartReason.HEALTH_CHECK);
        }
        if (!want.restartPolicy().equals(have.restartPolicy())) {
            reasons.add(RestartReason.RESTART_POLICY);
        }
        if (!have.labels().entrySet().containsAll(want.labels().entrySet())) {
            reasons.add(RestartReason.LABELS);
        }
        if (!want.pidMode().equals(have.pidMode())
                || !new TreeSet<>(want.tmpfs()).equals(new TreeSet<>(have.tmpfs()))) {
            reasons.add(RestartReason.NAMESPACES);
        }
        return reasons;
    }
}
