package kolla.runbooks.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.tls.Authorities;
import kolla.runbooks.tls.Side;
import org.awaitility.Awaitility;

/** What a test sees of the control plane on the lab's hosts, and the control plane itself. */
final class LabCluster {

    static final List<String> HOSTS = List.of("ctl1", "ctl2", "ctl3");
    static final Duration FROM_NOTHING = Duration.ofMinutes(12);

    private final Lab lab;

    LabCluster(Lab lab) {
        this.lab = lab;
    }

    /** Runs a shell command on a host as root. */
    String on(String host, String command) {
        String quoted = "'" + command.replace("'", "'\\''") + "'";
        return lab.run("ssh", host, "--", "sudo sh -c " + quoted);
    }

    /** Deploys unless the control plane stands; one that nobody can mend is made anew. */
    void deployed(ProgramUnderTest program, String ticket) {
        String run = program.deploy(ticket);
        if (ended(program, run).equals("FAILED_STEP")) {
            program.cancel(run);
            lab.run("break", "wipe", "ctl1", "ctl2", "ctl3");
            run = program.deploy(ticket + "-ANEW");
            ended(program, run);
        }
        if (program.state(run).equals("WAITING_FOR_APPROVAL")) {
            program.approve(run);
        }
        program.await(run, FROM_NOTHING, "SUCCEEDED");
    }

    private static String ended(ProgramUnderTest program, String run) {
        List<String> ends = List.of("SUCCEEDED", "WAITING_FOR_APPROVAL", "FAILED_STEP");
        JsonNode seen = program.await(run, Duration.ofMinutes(3), ends.toArray(String[]::new));
        return seen.get("state").asText();
    }

    /** By host and container, when its process was started. */
    Map<String, String> startedAt() {
        Map<String, String> started = new TreeMap<>();
        for (String host : HOSTS) {
            on(
                            host,
                            "docker inspect --format '{{.Name}} {{.State.StartedAt}}' $(docker ps"
                                    + " -q)")
                    .lines()
                    .filter(l -> l.startsWith("/"))
                    .map(l -> l.split(" "))
                    .forEach(f -> started.put(host + f[0], f[1]));
        }
        return started;
    }

    static List<String> changed(Map<String, String> before, Map<String, String> after) {
        return after.keySet().stream().filter(k -> !after.get(k).equals(before.get(k))).toList();
    }

    /** What the node on this host answers, over its own socket. */
    String sql(String host, String statement) {
        return on(
                        host,
                        "docker exec -e MYSQL_PWD="
                                + password("database_password")
                                + " mariadb mariadb -uroot -Nse \""
                                + statement
                                + "\"")
                .strip();
    }

    List<String> galeraSizes() {
        return HOSTS.stream()
                .map(h -> sql(h, "show status like 'wsrep_cluster_size'").replaceAll(".*\\s", ""))
                .toList();
    }

    void awaitGalera(Duration limit) {
        Awaitility.await("Galera has three members")
                .atMost(limit)
                .ignoreExceptions()
                .until(() -> galeraSizes().equals(List.of("3", "3", "3")));
    }

    String vip() {
        return lab.cluster().globals().string("kolla_internal_vip_address").orElseThrow();
    }

    /** Keystone at the virtual address, by the protocol that the definition says. */
    String keystone() {
        return (trust().isPresent() ? "https://" : "http://") + vip() + ":5000";
    }

    /** For clients of a lab that speaks TLS: its own authority and nobody else. */
    Optional<SSLContext> trust() {
        Variables globals = lab.cluster().globals();
        if (!globals.truth("kolla_enable_tls_internal", false)) {
            return Optional.empty();
        }
        Variables settings = new Variables(Map.of(Authorities.VARIABLE, authority().toString()));
        return Optional.of(Authorities.of(Side.INTERNAL, settings).context());
    }

    private Path authority() {
        return lab.clusterFolder().resolve("certificates/ca/root.crt");
    }

    List<String> vipHolders() {
        String address = " " + vip() + "/";
        return HOSTS.stream().filter(h -> on(h, "ip -o addr show").contains(address)).toList();
    }

    String password(String key) {
        return lab.cluster().passwords().find(key).orElseThrow();
    }

    /** The status of a login as administrator, from a host outside of the control plane. */
    String tokenThroughTheVip() {
        String body =
                """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin",\
                 "domain": {"id": "default"}, "password": "%s"}}}, "scope": {"project": {"name":\
                 "admin", "domain": {"id": "default"}}}}}\
                """
                        .formatted(password("keystone_admin_password"));
        String trust = "";
        if (trust().isPresent()) {
            on("ctl4", "cat > /tmp/root.crt <<'END'\n" + text(authority()) + "END");
            trust = "--cacert /tmp/root.crt ";
        }
        return on(
                        "ctl4",
                        "curl "
                                + trust
                                + "-s -o /dev/null -w '%{http_code}' -H 'Content-Type:"
                                + " application/json' -d '"
                                + body
                                + "' "
                                + keystone()
                                + "/v3/auth/tokens")
                .strip();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
