package kolla.runbooks.containers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.inventory.Cluster;

/**
 * The Docker engine of one host. Threads may share it.
 *
 * <p>Throws {@link kolla.runbooks.failure.RunbookFailure}: {@code KR-ENGINE-001} the engine does
 * not answer (transient), {@code KR-ENGINE-002} image not in the registry, {@code KR-ENGINE-003}
 * registry not reachable or login refused, {@code KR-ENGINE-004} the host's disk is full, {@code
 * KR-ENGINE-005} the engine refused a call (evidence has its words).
 */
public interface ContainerEngine {

    /**
     * @param version of the engine, for example {@code 26.1.5}
     * @param insecure registries that it reaches without TLS, as it works now: {@code host:port},
     *     and ranges of addresses in CIDR form
     */
    record Info(String version, String apiVersion, String storageDriver, List<String> insecure) {
        public Info {
            insecure = List.copyOf(insecure);
        }
    }

    /** What a program inside a container printed and how it ended. */
    record ExecResult(int exit, String out, String err) {
        public boolean ok() {
            return exit == 0;
        }
    }

    /** A login for a registry; the password never reaches a log. */
    record RegistryLogin(String username, String password) {

        /** The one of {@code globals.yml} and {@code passwords.yml}; empty when none is needed. */
        public static Optional<RegistryLogin> of(Cluster cluster) {
            return cluster.globals()
                    .string("docker_registry_username")
                    .filter(u -> !u.isBlank())
                    .map(
                            user ->
                                    new RegistryLogin(
                                            user,
                                            cluster.passwords()
                                                    .find("docker_registry_password")
                                                    .orElse("")));
        }
    }

    Info info();

    /**
     * All containers with the label {@code kolla_runbooks} or a name of Kolla's, running or not.
     */
    List<ContainerState> list();

    Optional<ContainerState> inspect(String name);

    /** The id of an image on this host. */
    Optional<String> imageId(String reference);

    /** Pulls an image; returns its id. Nothing happens to containers. */
    String pull(String reference, Optional<RegistryLogin> login, Duration timeout);

    /** Creates without starting. An equal-named container must be gone; named volumes are made. */
    void create(ContainerSpec spec);

    /** Starting what runs already is no error. */
    void start(String name);

    /** Asks the process to end, kills it after the grace; stopping what stands is no error. */
    void stop(String name, Duration grace);

    /**
     * Removes a stopped container; its named volumes stay. Removing what is not there is no error.
     */
    void remove(String name);

    /**
     * Runs a program inside a running container.
     *
     * @param environment secrets go here, never in argv
     */
    ExecResult exec(
            String name,
            List<String> argv,
            Map<String, String> environment,
            Optional<String> user,
            Duration timeout);

    /** The last lines of a container's output, both streams, oldest first. */
    List<String> logs(String name, int lines);

    /**
     * Runs a container to its end and removes it. A container of that name which is there already
     * is attached to instead of started again, so a second attempt never repeats the job.
     */
    ExecResult runToEnd(ContainerSpec job, Duration timeout);

    boolean volumeExists(String name);

    /** Where a named volume lies on the host's disk. */
    Optional<String> volumePath(String name);
}
