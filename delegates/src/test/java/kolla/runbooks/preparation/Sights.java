package kolla.runbooks.preparation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.preflight.Requirements;

/** Hosts as they may be seen; a test says what is different about one. */
final class Sights {

    static final Map<String, String> ADDRESSES =
            new LinkedHashMap<>(Map.of("ctl1", "10.0.0.1", "ctl4", "10.0.0.4"));
    static final Map<String, String> KERNEL =
            Map.of("net.ipv4.ip_nonlocal_bind", "1", "net.ipv6.ip_nonlocal_bind", "1");
    static final String NAMES = "127.0.0.1 localhost\n10.0.0.1 ctl1\n10.0.0.4 ctl4\n";

    private final String host;
    private String system = "debian";
    private String release = "13";
    private boolean root = true;
    private Set<String> programs = Set.copyOf(Distribution.lookedFor());
    private boolean halfDone;
    private Optional<String> starts = Optional.of("enabled");
    private Optional<HostSight.Engine> engine =
            Optional.of(new HostSight.Engine("26.1.5", List.of("10.0.0.0/24")));
    private Optional<String> daemonFile = Optional.empty();
    private String hosts = NAMES;
    private Map<String, String> resolved = ADDRESSES;
    private Map<String, String> kernel = KERNEL;
    private Optional<String> kernelFile = Optional.of(KernelSettings.file(KERNEL));
    private Duration offset = Duration.ZERO;
    private List<String> time = List.of("chronyd");
    private List<String> firewalls = List.of();
    private Map<String, Long> free = Map.of("/etc", 100L << 30);

    private Sights(String host) {
        this.host = host;
    }

    /** One that lacks nothing. */
    static Sights of(String host) {
        return new Sights(host).without("podman");
    }

    static Wanted wanted() {
        return new Wanted(
                "lab",
                "ctl4",
                ADDRESSES,
                ADDRESSES,
                KERNEL,
                Optional.of("10.0.0.2:5000"),
                new Requirements(20, 2L << 30, Duration.ofSeconds(5)));
    }

    static PreparationDecision decide(Sights newcomer) {
        return decide(newcomer, of("ctl1"));
    }

    static PreparationDecision decide(Sights newcomer, Sights neighbour) {
        Map<String, HostSight> seen = new LinkedHashMap<>();
        seen.put(neighbour.host, neighbour.sight());
        seen.put(newcomer.host, newcomer.sight());
        return PreparationDecisions.decide(wanted(), seen);
    }

    HostSight sight() {
        return new HostSight(
                host,
                system,
                release,
                system + " " + release,
                root,
                programs,
                halfDone,
                starts.isPresent(),
                starts,
                engine,
                daemonFile,
                hosts,
                resolved,
                kernel,
                kernelFile,
                offset,
                time,
                firewalls,
                free);
    }

    Sights runs(String otherSystem, String otherRelease) {
        system = otherSystem;
        release = otherRelease;
        return this;
    }

    Sights notRoot() {
        root = false;
        return this;
    }

    Sights without(String... missing) {
        programs =
                programs.stream()
                        .filter(p -> !List.of(missing).contains(p))
                        .collect(java.util.stream.Collectors.toSet());
        return this;
    }

    Sights with(String program) {
        programs = new java.util.HashSet<>(programs);
        programs.add(program);
        return this;
    }

    Sights halfDone() {
        halfDone = true;
        return this;
    }

    Sights starts(String how) {
        starts = Optional.of(how);
        return this;
    }

    Sights noEngine() {
        engine = Optional.empty();
        return this;
    }

    Sights engine(String version, String... insecure) {
        engine = Optional.of(new HostSight.Engine(version, List.of(insecure)));
        return this;
    }

    Sights daemonFile(String text) {
        daemonFile = Optional.of(text);
        return this;
    }

    Sights hosts(String text) {
        hosts = text;
        return this;
    }

    Sights resolves(Map<String, String> names) {
        resolved = names;
        return this;
    }

    Sights kernel(Map<String, String> values) {
        kernel = values;
        return this;
    }

    Sights noKernelFile() {
        kernelFile = Optional.empty();
        return this;
    }

    Sights clock(int seconds, String... services) {
        offset = Duration.ofSeconds(seconds);
        time = List.of(services);
        return this;
    }

    Sights firewall(String words) {
        firewalls = List.of(words);
        return this;
    }

    Sights free(long bytes) {
        free = Map.of("/var/lib/docker", bytes);
        return this;
    }
}
