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
}
