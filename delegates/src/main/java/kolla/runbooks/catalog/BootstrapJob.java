package kolla.runbooks.catalog;

import java.time.Duration;
import java.util.SortedMap;

/**
 * A container that runs once to its end before a service starts, for example {@code db_sync}.
 *
 * @param name of the job's container, for example {@code bootstrap_keystone}
 * @param container whose image, volumes and files it uses
 * @param perHost on every host; otherwise once for the cluster, on the service's first host
 */
public record BootstrapJob(
        String name,
        String container,
        SortedMap<String, String> environment,
        boolean perHost,
        Duration timeout) {}
