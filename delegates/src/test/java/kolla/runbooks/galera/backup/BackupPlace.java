package kolla.runbooks.galera.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.RolloutContext;

/** One node of a database and a store, in memory. */
final class BackupPlace {

    static final Host NODE = host("ctl3", 3);
    static final Host STORE = host("keep", 4);

    final FakeCluster fakes = new FakeCluster();
    final FakeJournal journal = new FakeJournal();

    /** Answers every script on a host that holds this text. */
    void answer(Host host, String script, String out) {
        fakes.host(host)
                .answers(
                        c ->
                                c.input().contains(script)
                                        ? Optional.of(new CommandResult(0, out, "", false))
                                        : Optional.empty());
    }

    RolloutContext context(Map<String, Object> settings, Map<String, List<String>> groups) {
        DesiredContainer mariadb = new DesiredContainer(spec("mariadb"), List.of(), List.of());
        DesiredService galera =
                new DesiredService(
                        "mariadb",
                        "MariaDB",
                        "galera",
                        List.of(),
                        Map.of(NODE, List.of(mariadb)),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new Variables(settings),
                        Upgrade.NONE);
        Cluster cluster =
                new Cluster(
                        "lab",
                        Path.of("cluster"),
                        new Inventory(List.of(NODE, STORE), groups),
                        Variables.NONE,
                        new Passwords(Map.of("database_password", "s3cret")),
                        Path.of("cluster/config"),
                        Path.of("cluster/known_hosts"));
        fakes.engine(NODE).hasVolume("mariadb");
        return new RolloutContext(
                new Deployment(cluster, List.of(galera), List.of(), "192.0.2.100", List.of()),
                galera,
                fakes.hosts(),
                fakes.engines(),
                FakeCluster.oneByOne(),
                journal);
    }

    private static Host host(String name, int number) {
        return new Host(
                name,
                new Login(
                        "192.0.2." + number, 22, "root", false, Optional.empty(), Optional.empty()),
                Variables.NONE);
    }

    static ContainerSpec spec(String name) {
        return new ContainerSpec(
                name,
                "registry/mariadb-server:1",
                List.of("mariadb:/var/lib/mysql"),
                new TreeMap<>(),
                new TreeMap<>(),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                "no",
                Optional.empty(),
                Duration.ofSeconds(10));
    }
}
