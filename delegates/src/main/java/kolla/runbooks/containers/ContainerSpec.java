package kolla.runbooks.containers;

import java.time.Duration;
import java.util.ArrayList;
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
 * @param volumes in {@code docker run -v} form: {@code mariadb:/var/lib/mysql}; kept sorted,
 *     without {@code :rw} and without a slash at the end of a path, which mean nothing to the
 *     engine
 * @param environment sorted by name; secret values belong to jobs only
 * @param restartPolicy {@code unless-stopped}, {@code always}, {@code on-failure} or {@code no}
 * @param capabilities added ones, kept sorted and without {@code CAP_}
 * @param tmpfs in {@code docker run --tmpfs} form: {@code /run:size=64m}; kept sorted
 * @param health empty leaves the image's own, if it has one
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
     *     and one line for the shell; a bare argument vector is kept with {@code CMD} before it
     */
    public record Health(
            List<String> command,
            Duration interval,
            Duration timeout,
            int retries,
            Duration startPeriod) {

        public Health {
            boolean form =
                    !command.isEmpty()
                            && List.of("CMD", "CMD-SHELL", "NONE").contains(command.get(0));
            List<String> test = new ArrayList<>(form ? List.of() : List.of("CMD"));
            test.addAll(command);
            command = List.copyOf(test);
        }
    }

    public ContainerSpec {
        volumes = volumes.stream().map(VolumeForm::canonical).distinct().sorted().toList();
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        capabilities =
                capabilities.stream()
                        .map(c -> c.startsWith("CAP_") ? c.substring(4) : c)
                        .distinct()
                        .sorted()
                        .toList();
        tmpfs = tmpfs.stream().distinct().sorted().toList();
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

    public ContainerSpec withVolumes(List<String> others) {
        return new ContainerSpec(
                name,
                image,
                others,
                environment,
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
