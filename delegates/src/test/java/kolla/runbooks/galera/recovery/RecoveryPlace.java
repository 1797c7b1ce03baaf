package kolla.runbooks.galera.recovery;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeEngine;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/** Three hosts of a database in memory, whose servers form a cluster as their settings say. */
final class RecoveryPlace {

    private static final String CNF =
            "[mysqld]\nwsrep_cluster_address = gcomm://192.0.2.1,192.0.2.2,192.0.2.3\n";
    private static final Pattern ADDRESS = Pattern.compile("'(192\\.0\\.2\\.\\d)'");

    /** A node: what lies on its disk, and how its server behaves. */
    static final class Node {
        final Host host;
        long seqno;
        String branch = "";
        boolean data = true;
        boolean transferBroken;
        boolean primary;

        /** Whether it is a primary component of its own, beside the others. */
        boolean alone;

        /** So many questions are answered by a server that is not a member yet. */
        int answersUntilMember;

        /** It ends in the middle of a transfer while it is asked, so that the question fails. */
        boolean endsWhileAsked;

        /** How often its disk was looked at, and how often its server was asked. */
        int disks;

        int asked;

        /** So many of its starts end at once, in the middle of a transfer. */
        int startsThatEnd;

        /** The settings that it was started with, start by start. */
        final List<String> startedWith = new ArrayList<>();

        private Node(int number) {
            this.host =
                    new Host(
                            "ctl" + number,
                            new Login(
                                    "192.0.2." + number,
                                    22,
                                    "root",
                                    false,
                                    Optional.empty(),
                                    Optional.empty()),
                            Variables.NONE);
        }
    }

    final FakeCluster fakes = new FakeCluster();
    final FakeJournal journal = new FakeJournal();
    final List<String> allowed = new ArrayList<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private Instant now = Instant.parse("2026-03-01T03:00:00Z");
    final Patience patience = new Patience(() -> now, () -> now = now.plusSeconds(1));
    final RolloutContext context;

    /** All servers stand; the positions are those of ctl1, ctl2 and ctl3. */
    RecoveryPlace(long... positions) {
        for (int i = 0; i < positions.length; i++) {
            Node node = new Node(i + 1);
            node.seqno = positions[i];
            nodes.put(node.host.name(), node);
            prepare(node);
        }
        context = context();
    }

    Node node(String host) {
        return nodes.get(host);
    }

    FakeEngine engine(String host) {
        return fakes.engine(node(host).host);
    }

    /** As if started long ago: a member of the primary component. */
    void serves(String... hosts) {
        for (String host : hosts) {
            engine(host).start("mariadb");
            answer(node(host), "");
            node(host).primary = true;
            node(host).startedWith.clear();
            engine(host).forgetCalls();
        }
    }

    /** As if it had restored a component of its own from what it saved. */
    void standsAlone(String host) {
        serves(host);
        node(host).alone = true;
    }

    String configuration(String host) {
        return fakes.host(node(host).host).files().get(GaleraCnf.PATH).content();
    }

    private void prepare(Node node) {
        FakeEngine engine = fakes.engine(node.host);
        engine.hasVolume("mariadb");
        engine.create(spec());
        engine.forgetCalls();
        engine.jobsEndWith(
                new ExecResult(
                        0,
                        "WSREP: Recovered position: " + Nodes.UUID + ":" + node.seqno + "\n",
                        ""));
        engine.execs((name, argv, env) -> Optional.of(answer(node, env.get("KR_SQL"))));
        FakeHost host = fakes.host(node.host);
        host.put(List.of(new RemoteFile(GaleraCnf.PATH, CNF, 0660, "root:root")));
        host.answers(c -> disk(node, c));
    }

    private ExecResult answer(Node node, String sql) {
        settle(node);
        node.asked++;
        if (node.endsWhileAsked) {
            node.endsWhileAsked = false;
            node.transferBroken = true;
            engine(node.host.name()).stop("mariadb", Duration.ZERO);
            throw RunbookFailure.person(
                    "KR-ENGINE-005", node.host.name(), "the container is not running");
        }
        if (!running(node)) {
            return new ExecResult(1, "", "Can't connect to local server");
        }
        if (sql.contains("pc.bootstrap=YES")) {
            node.primary = true;
            return new ExecResult(0, "", "");
        }
        if (sql.startsWith("START TRANSACTION")) {
            allowed.clear();
            ADDRESS.matcher(sql).results().map(m -> m.group(1)).forEach(allowed::add);
            return new ExecResult(0, "", "");
        }
        if (sql.startsWith("SELECT ip")) {
            return new ExecResult(0, String.join("\n", allowed), "");
        }
        long size = nodes.values().stream().filter(n -> n.primary && !n.alone).count();
        String table =
                Map.of(
                                "wsrep_cluster_status",
                                node.primary ? "Primary" : "non-Primary",
                                "wsrep_local_state_comment",
                                node.primary ? "Synced" : "Initialized",
                                "wsrep_cluster_size",
                                String.valueOf(node.alone ? 1 : size),
                                "wsrep_cluster_state_uuid",
                                Nodes.UUID,
                                "wsrep_cluster_conf_id",
                                "7",
                                "wsrep_ready",
                                node.primary ? "ON" : "OFF",
                                "wsrep_connected",
                                "ON",
                                "wsrep_last_committed",
                                String.valueOf(node.seqno),
                                "version",
                                "10.11.19-MariaDB",
                                "kr_allowed",
                                node.alone ? "" : String.join(",", allowed))
                        .entrySet()
                        .stream()
                        .map(e -> e.getKey() + "\t" + e.getValue())
                        .collect(Collectors.joining("\n"));
        return new ExecResult(0, table, "");
    }

    /** What becomes of a server that was started or stopped since it was looked at last. */
    private void settle(Node node) {
        FakeEngine engine = fakes.engine(node.host);
        long starts = engine.calls().stream().filter(c -> c.equals("start mariadb")).count();
        if (!running(node)) {
            node.primary = false;
            node.alone = false;
        } else if (starts > node.startedWith.size()) {
            String cnf = configuration(node.host.name());
            node.startedWith.add(cnf.replace(CNF, ""));
            boolean others = nodes.values().stream().anyMatch(n -> n.primary);
            if (node.startsThatEnd > 0) {
                node.startsThatEnd--;
                node.transferBroken = true;
                engine.stop("mariadb", Duration.ZERO);
            } else {
                node.primary =
                        node.answersUntilMember == 0 && (GaleraCnf.bootstraps(cnf) || others);
                node.data = true;
            }
        } else if (node.answersUntilMember > 0 && --node.answersUntilMember == 0) {
            node.primary = true;
        }
    }

    private boolean running(Node node) {
        return fakes.engine(node.host).inspect("mariadb").orElseThrow().running();
    }

    private Optional<CommandResult> disk(Node node, Command command) {
        String script = command.input();
        List<String> argv = command.argv();
        if (script.contains("freekib")) {
            node.disks++;
            return ok(
                    "clock "
                            + now.getEpochSecond()
                            + "\nkib 1024\nfreekib 9999999\n"
                            + (node.data ? "present yes\nuuid " + Nodes.UUID + "\nseqno -1\n" : "")
                            + (node.transferBroken ? "transfer broken\n" : "")
                            + "branch "
                            + node.branch
                            + "\ncnf\n"
                            + configuration(node.host.name()));
        }
        if (script.contains("note.new")) {
            node.branch = argv.get(argv.size() - 1);
            return ok("");
        }
        if (script.contains("kr-branch")) {
            return ok(node.branch);
        }
        if (script.contains("aside=")) {
            node.data = false;
            node.transferBroken = false;
            return ok("/aside");
        }
        return script.startsWith("[ ! -f \"$1\" ] || cat")
                ? ok(configuration(node.host.name()))
                : Optional.empty();
    }

    private static Optional<CommandResult> ok(String out) {
        return Optional.of(FakeHost.ok(out));
    }

    private RolloutContext context() {
        DesiredContainer mariadb = new DesiredContainer(spec(), List.of(), List.of());
        List<Host> hosts = nodes.values().stream().map(n -> n.host).toList();
        Map<Host, List<DesiredContainer>> containers = new LinkedHashMap<>();
        hosts.forEach(h -> containers.put(h, List.of(mariadb)));
        DesiredService galera =
                new DesiredService(
                        "mariadb",
                        "MariaDB",
                        "galera",
                        List.of(),
                        containers,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Variables.NONE,
                        Upgrade.NONE);
        Cluster cluster =
                new Cluster(
                        "lab",
                        Path.of("cluster"),
                        new Inventory(hosts, Map.of()),
                        Variables.NONE,
                        new Passwords(Map.of("database_password", "s3cret")),
                        Path.of("cluster/config"),
                        Path.of("cluster/known_hosts"));
        return new RolloutContext(
                new Deployment(cluster, List.of(galera), List.of(), "192.0.2.100", List.of()),
                galera,
                fakes.hosts(),
                fakes.engines(),
                FakeCluster.oneByOne(),
                journal);
    }

    private static ContainerSpec spec() {
        return new ContainerSpec(
                "mariadb",
                "registry/mariadb-server:1",
                List.of(
                        "mariadb:/var/lib/mysql",
                        "/etc/kolla/mariadb:/var/lib/kolla/config_files:ro"),
                new TreeMap<>(),
                new TreeMap<>(),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                "unless-stopped",
                Optional.empty(),
                Duration.ofSeconds(10));
    }
}
