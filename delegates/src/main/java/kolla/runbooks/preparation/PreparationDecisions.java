package kolla.runbooks.preparation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a bare machine lacks to be a host of the cluster. Pure: from what is wanted and what is
 * seen, to changes, notes and refusals, all at once.
 *
 * <table>
 *   <caption>On the host that is prepared; names on every host, see {@link NamesDecision}</caption>
 *   <tr><th>seen</th><th>decided</th></tr>
 *   <tr><td>commands do not run as root</td><td>refused</td></tr>
 *   <tr><td>Podman and no Docker engine</td><td>refused: nobody wants two engines</td></tr>
 *   <tr><td>an engine that answers and is too old</td><td>refused: its upgrade restarts all that
 *   runs on it</td></tr>
 *   <tr><td>a program is missing, or dpkg was stopped in the middle</td><td>the distribution's own
 *   packages; refused on a distribution that is not supported</td></tr>
 *   <tr><td>the engine answers and reaches the registry as it should</td><td>its file is left as it
 *   is, whatever it says</td></tr>
 *   <tr><td>it does not, or no engine answers</td><td>the registry joins the file; refused when the
 *   file is no JSON object</td></tr>
 *   <tr><td>no engine answers, or systemd does not start it at boot</td><td>it is started and
 *   enabled</td></tr>
 *   <tr><td>a kernel setting or our file of them differs</td><td>both are set</td></tr>
 *   <tr><td>the clock is off</td><td>refused, with or without a time service</td></tr>
 *   <tr><td>no time service, a firewall</td><td>noted: whom to ask, whom to let in, is the site's
 *   affair</td></tr>
 *   <tr><td>too little disk space</td><td>refused</td></tr>
 * </table>
 *
 * <p>No decision restarts or upgrades an engine, on no host.
 */
final class PreparationDecisions {

    static final String DISTRIBUTION = "KR-PREPARE-002";
    static final String ENGINE = "KR-PREPARE-003";
    static final String ENGINE_FILE = "KR-PREPARE-004";
    static final String CLOCK = "KR-PREPARE-007";
    static final String UNFIT = "KR-PREPARE-010";
    private static final Set<String> NOT_AT_BOOT = Set.of("disabled", "masked");

    private final Wanted wanted;
    private final HostSight seen;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private PreparationDecisions(Wanted wanted, HostSight seen) {
        this.wanted = wanted;
        this.seen = seen;
    }

    /**
     * @param seen by name, every host that has to know the others; the one that is prepared is
     *     among them
     */
    static PreparationDecision decide(Wanted wanted, Map<String, HostSight> seen) {
        PreparationDecisions decisions = new PreparationDecisions(wanted, seen.get(wanted.host()));
        seen.values().stream()
                .sorted(Comparator.comparing(s -> !s.host().equals(wanted.host())))
                .forEach(decisions::names);
        decisions.root();
        decisions.engine();
        decisions.engineFile();
        decisions.packages();
        decisions.engineStart();
        decisions.kernel();
        decisions.clock();
        decisions.disk();
        decisions.seen.firewalls().forEach(f -> decisions.notes.add(decisions.firewall(f)));
        return new PreparationDecision(decisions.changes, decisions.notes, decisions.refusals);
    }

    private void names(HostSight host) {
        NamesDecision decision = NamesDecision.of(wanted, host);
        refusals.addAll(decision.refusals());
        decision.change().ifPresent(changes::add);
        if (host.hosts().contains("manage_etc_hosts")) {
            notes.add(
                    host.host()
                            + ": cloud-init may write /etc/hosts anew at boot; set"
                            + " manage_etc_hosts to false there");
        }
    }

    private void root() {
        if (!seen.root()) {
            refuse(
                    UNFIT,
                    "commands do not run as root; let ansible_user be root, or set ansible_become");
        }
    }

    private void engine() {
        Optional<String> version = seen.engine().map(HostSight.Engine::version);
        if (version.isPresent() && major(version.get()) < wanted.required().engineMajor()) {
            refuse(
                    ENGINE,
                    "its Docker engine is "
                            + version.get()
                            + "; "
                            + wanted.required().engineMajor()
                            + " or newer is needed. Upgrade it by hand, or take the machine anew");
        }
        if (version.isPresent() && !has("dockerd")) {
            notes.add(
                    seen.host()
                            + ": an engine answers and its program dockerd is not in the usual"
                            + " places; see that it starts at boot");
        }
        if (version.isEmpty() && has("podman") && !has("dockerd")) {
            refuse(
                    ENGINE,
                    "Podman is there and no Docker engine; remove it when the machine is to be a"
                            + " host of this cluster");
        }
    }

    private void engineFile() {
        boolean reached =
                wanted.registry()
                        .map(
                                r ->
                                        seen.engine()
                                                .map(
                                                        e ->
                                                                EngineConfiguration.reaches(
                                                                        e.insecure(), r))
                                                .orElse(
                                                        EngineConfiguration.names(
                                                                seen.daemonFile(), r)))
                        .orElse(true);
        if (reached && seen.engine().isPresent()) {
            return;
        }
        Optional<String> unreadable = EngineConfiguration.unreadable(seen.daemonFile());
        if (unreadable.isPresent()) {
            refuse(
                    ENGINE_FILE,
                    EngineConfiguration.PATH
                            + " cannot be read: "
                            + unreadable.get()
                            + "; make it a JSON object, or take it away");
        } else if (!reached) {
            changes.add(new Change.EngineFile(seen.host(), wanted.registry().orElseThrow()));
        }
    }

    private void packages() {
        List<String> missing =
                Distribution.missing(seen).stream()
                        .filter(p -> seen.engine().isEmpty() || !p.startsWith("docker"))
                        .toList();
        if (missing.isEmpty() && !seen.halfDone()) {
            return;
        }
        if (!Distribution.supported(seen) || !has("apt-get")) {
            refuse(
                    DISTRIBUTION,
                    "it runs "
                            + (seen.title().isEmpty() ? "an unknown system" : seen.title())
                            + "; packages are installed on "
                            + Distribution.WORDS
                            + ". Missing: "
                            + String.join(", ", missing));
        } else {
            changes.add(new Change.Packages(seen.host(), missing));
        }
    }

    private void engineStart() {
        if (seen.engine().isEmpty() || seen.starts().filter(NOT_AT_BOOT::contains).isPresent()) {
            changes.add(new Change.EngineStart(seen.host()));
        }
    }

    private void kernel() {
        Map<String, String> values = new TreeMap<>(wanted.kernel());
        values.keySet().retainAll(seen.kernel().keySet());
        boolean live =
                values.entrySet().stream()
                        .allMatch(e -> e.getValue().equals(seen.kernel().get(e.getKey())));
        boolean kept = seen.kernelFile().equals(Optional.of(KernelSettings.file(values)));
        if (!values.isEmpty() && !(live && kept)) {
            changes.add(new Change.Kernel(seen.host(), values));
        }
    }

    private void clock() {
        long off = seen.clockOffset().abs().toSeconds();
        String service =
                seen.timeServices().isEmpty()
                        ? "no time service runs there; set one up (systemd-timesyncd or chrony,"
                                + " with your site's servers)"
                        : String.join(", ", seen.timeServices()) + " runs there; look why";
        if (seen.clockOffset().abs().compareTo(wanted.required().clockOffset()) > 0) {
            refuse(
                    CLOCK,
                    "its clock is "
                            + off
                            + " s "
                            + (seen.clockOffset().isNegative() ? "behind" : "ahead of")
                            + " this program's; at most "
                            + wanted.required().clockOffset().toSeconds()
                            + " s are allowed. "
                            + service);
        } else if (seen.timeServices().isEmpty()) {
            notes.add(seen.host() + ": its clock is right now, but " + service);
        }
    }

    private void disk() {
        new TreeMap<>(seen.free())
                .forEach(
                        (path, free) -> {
                            if (free < wanted.required().freeBytes()) {
                                refuse(
                                        UNFIT,
                                        String.format(
                                                Locale.ROOT,
                                                "%s has %.1f GiB free; %.1f GiB are needed"
                                                        + " (runbooks_min_free_disk_gb)",
                                                path,
                                                gib(free),
                                                gib(wanted.required().freeBytes())));
                            }
                        });
    }

    private String firewall(String words) {
        return seen.host()
                + ": "
                + words
                + "; it has to let in what the other hosts and the clients send, and VRRP";
    }

    private boolean has(String program) {
        return seen.programs().contains(program);
    }

    private void refuse(String code, String sentence) {
        refusals.add(new Refusal(code, seen.host(), sentence));
    }

    private static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }

    private static int major(String version) {
        String digits = version.split("\\.", 2)[0].replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
