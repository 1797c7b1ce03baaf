package kolla.runbooks.rollout;

import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerState;

/**
 * What was seen on one host.
 *
 * @param files by path, those that are desired and exist
 * @param taken by container, the digest of the files it last took over, as this product noted it
 * @param containers by name
 * @param images by reference, the ids of those that are on the host
 */
public record HostObservation(
        Map<String, ObservedFile> files,
        Map<String, String> taken,
        Map<String, ContainerState> containers,
        Map<String, String> images) {

    public HostObservation {
        files = Map.copyOf(files);
        taken = Map.copyOf(taken);
        containers = Map.copyOf(containers);
        images = Map.copyOf(images);
    }

    /** What has to happen to this container here. */
    public ContainerDelta delta(DesiredContainer desired) {
        boolean filesSame = ConfigFiles.differing(desired, files).isEmpty();
        String name = desired.spec().name();
        boolean taken = ConfigFiles.digest(desired).equals(this.taken.get(name));
        return ContainerComparison.decide(
                desired,
                Optional.ofNullable(containers.get(name)),
                Optional.ofNullable(images.get(desired.spec().image())),
                filesSame && taken);
    }
}
