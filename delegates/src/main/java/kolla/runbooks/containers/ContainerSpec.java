package kolla.runbooks.containers;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A container as it should be, by the conventions of Kolla: host network, named volumes, {@code
 * /etc/kolla/<name>/} read-only at {@code /var/lib/kolla/config_files/}.
 *
 * @param name with underscores: {@code mariadb_clustercheck}
 * @param image full reference with registry and tag
 * @param volumes in {@code docker run -v} form: {@code mariadb:/var/lib/mysql}
 * @param environment sorted by name; secret values belong to jobs only
 * @param restartPolicy {@code unless-stopped}, {@code always}, {@code on-failure} or {@code no}
 * @param stopTimeout grace before SIGKILL
 */
public record ContainerSpec(
        String name,
        String image,
        List<String> volumes,
        SortedMap<String, String> environment,
        SortedMap<String, String> labels,
        boolean privileged,
        List<String> capabilities,
        List<String> tmpfs,
        Optional<String> pidMode,
        String restartPolicy,
        Optional<Health> health,
        Duration stopTimeout) {

    /**
     * Docker's health check of a container.
     *
     * @param command in Docker's own form: {@code CMD} and an argument vector, or {@code CMD-SHELL}
     *     and one line for the shell
     */
    public record Health(
            List<String> command,
            Duration interval,
            Duration timeout,
            int retries,
            Duration startPeriod) {

        public Health {
            command = List.copyOf(command);
        }
    }

    public ContainerSpec {
        volumes = List.copyOf(volumes);
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        capabilities = List.copyOf(capabilities);
        tmpfs = List.copyOf(tmpfs);
    }

    /** The same container under another name and with more environment, to run once and end. */
    public ContainerSpec asJob(String jobName, SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new ContainerSpec(
                jobName,
                image,
                volumes,
                all,
                labels,
                privileged,
                capabilities,
                tmpfs,
                pidMode,
                "no",
                Optional.empty(),
                stopTimeout);
    }

    public ContainerSpec withEnvironment(SortedMap<String, String> values) {
        return new ContainerSpec(
                name,
                image,
                volumes,
                values,
                labels,
                privileged,
                capabilities,
                tmpfs,
                pidMode,
                restartPolicy,
                health,
                stopTimeout);
    }

    public ContainerSpec withRestartPolicy(String policy) {
        return new ContainerSpec(
                name,
                image,
                volumes,
                environment,
                labels,
                privileged,
                capabilities,
                tmpfs,
                pidMode,
                policy,
                health,
                stopTimeout);
    }
}
