package kolla.runbooks.preparation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was seen on one host.
 *
 * @param system and {@code release}: {@code ID} and {@code VERSION_ID} of {@code os-release}
 * @param title the distribution as it calls itself
 * @param root whether commands run as root there
 * @param programs of those looked for, which there are
 * @param halfDone whether dpkg was stopped in the middle of something
 * @param systemd whether it runs the host
 * @param starts what systemd says about the engine's start at boot; empty without systemd
 * @param engine the engine that answers; empty when none does
 * @param daemonFile the engine's configuration file, where there is one
 * @param hosts the text of {@code /etc/hosts}
 * @param resolved what the cluster's names resolve to; a name that does not is not in it
 * @param kernel settings by key; one that the kernel does not know is not in it
 * @param kernelFile our file of kernel settings, where there is one
 * @param clockOffset the host's clock minus this program's
 * @param timeServices programs that keep the clock right
 * @param firewalls what may keep packets out, in words
 * @param free bytes, by path
 */
record HostSight(
        String host,
        String system,
        String release,
        String title,
        boolean root,
        Set<String> programs,
        boolean halfDone,
        boolean systemd,
        Optional<String> starts,
        Optional<Engine> engine,
        Optional<String> daemonFile,
        String hosts,
        Map<String, String> resolved,
        Map<String, String> kernel,
        Optional<String> kernelFile,
        Duration clockOffset,
        List<String> timeServices,
        List<String> firewalls,
        Map<String, Long> free) {

    /**
     * @param insecure see {@code ContainerEngine.Info}
     */
    record Engine(String version, List<String> insecure) {}
}
