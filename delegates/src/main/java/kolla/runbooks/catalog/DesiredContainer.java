package kolla.runbooks.catalog;

import java.util.List;
import kolla.runbooks.containers.ContainerSpec;

/**
 * A container with the files it starts from.
 *
 * @param files everything below {@code /etc/kolla/<name>/}, {@code config.json} included
 * @param reload how a change of files alone is taken over without a restart; empty where it cannot
 */
public record DesiredContainer(ContainerSpec spec, List<DesiredFile> files, List<String> reload) {

    public DesiredContainer {
        files = List.copyOf(files);
        reload = List.copyOf(reload);
    }

    /**
     * The name of the volume that is mounted at this path.
     *
     * @throws IllegalArgumentException when the catalogue mounts none there
     */
    public String volumeAt(String path) {
        return spec.volumes().stream()
                .map(v -> v.split(":", 3))
                .filter(f -> f.length >= 2 && f[1].equals(path))
                .map(f -> f[0])
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "container "
                                                + spec.name()
                                                + " has no volume at "
                                                + path
                                                + "; it has "
                                                + spec.volumes()));
    }
}
