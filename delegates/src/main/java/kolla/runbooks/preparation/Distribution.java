package kolla.runbooks.preparation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package of a distribution brings what a host needs. Each is looked for by a program of it,
 * so that a host whose engine comes from elsewhere keeps it.
 */
final class Distribution {

    private static final Set<String> SUPPORTED =
            Set.of("debian 12", "debian 13", "ubuntu 22.04", "ubuntu 24.04");
    static final String WORDS = "Debian 12 and 13, Ubuntu 22.04 and 24.04";

    private Distribution() {}

    static boolean supported(HostSight seen) {
        return SUPPORTED.contains(seen.system() + " " + seen.release());
    }

    /** By package, the program that shows that it is there. */
    private static Map<String, String> programs(HostSight seen) {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("docker.io", "dockerd");
        if ((seen.system() + " " + seen.release()).equals("debian 13")) {
            // since Debian 13 a package of its own; for the person at the host
            programs.put("docker-cli", "docker");
        }
        programs.put("iptables", "iptables");
        programs.put("iproute2", "ss");
        programs.put("iputils-ping", "ping");
        programs.put("procps", "sysctl");
        return programs;
    }

    /** What has to be installed. */
    static List<String> missing(HostSight seen) {
        return programs(seen).entrySet().stream()
                .filter(p -> !seen.programs().contains(p.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Programs that are looked for. */
    static List<String> lookedFor() {
        return List.of(
                "dockerd", "docker", "iptables", "ss", "ping", "sysctl", "podman", "apt-get");
    }
}
