package kolla.runbooks.galera.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeEngine;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupCopyTest {

    private static final Host NODE = host("ctl3", 3);
    private static final Host STORE = host("keep", 4);
    private static final BackupOrder ORDER = new BackupOrder("full-1", BackupKind.FULL);
    private static final String SENT = "KR sent 42 abc\n";

    private final FakeCluster fakes = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final AtomicBoolean desynced = new AtomicBoolean();
    private final RolloutContext context = context();

    @BeforeEach
    void aNodeThatIsLeftDesynchronisedAndAnEmptyStore() {
        FakeEngine node = fakes.engine(NODE);
        node.create(spec("mariadb"));
        node.start("mariadb");
        node.execs(
                (container, argv, environment) -> {
                    String sql = environment.getOrDefault("KR_SQL", "");
                    if (sql.contains("wsrep_desync = OFF")) {
                        desynced.set(false);
                    }
                    return Optional.of(new ExecResult(0, status(), ""));
                });
        fakes.engine(STORE).hasVolume("mariadb_backup");
        answer(NODE, "du -sk", "100\n");
        desynced.set(true);
        node.forgetCalls();
    }

    @Test
    void keepsWhatArrivedAndSeesToItThatTheNodeIsSyncedAgain() {
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 42 abc\n", ""));

        make();

        FakeHost store = fakes.host(STORE);
        assertThat(store.files().keySet()).anyMatch(f -> f.endsWith(".incoming/full-1/copy.note"));
        assertThat(desynced).isFalse();
        assertThat(journal.done()).contains("ctl3 copy full-1", "ctl3 set wsrep_desync OFF");
    }

    @Test
    void putsTheNodeBackIntoFlowControlWhenTheCopyFails() {
        ends(NODE, new ExecResult(1, "", "disk read error"));
        ends(STORE, new ExecResult(1, "", "broken"));

        assertThatThrownBy(this::make)
                .hasMessageContaining("KR-BACKUP-004")
                .hasMessageContaining("ctl3");

        assertThat(desynced).isFalse();
        assertThat(fakes.host(STORE).files().keySet()).noneMatch(f -> f.endsWith(".note"));
    }

    @Test
    void takesNothingForWholeThatDiffersFromWhatWasSent() {
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 41 abd\n", ""));

        assertThatThrownBy(this::make).hasMessageContaining("KR-BACKUP-005");

        assertThat(fakes.host(STORE).files().keySet()).noneMatch(f -> f.endsWith(".note"));
        assertThat(desynced).isFalse();
    }

    @Test
    void saysThatTheStoreIsFullAndNotThatTheSenderBroke() {
        ends(NODE, new ExecResult(1, "", "Broken pipe"));
        ends(STORE, new ExecResult(1, "", "write: No space left on device"));

        assertThatThrownBy(this::make)
                .hasMessageContaining("KR-BACKUP-003")
                .hasMessageContaining("keep");
    }

    @Test
    void waitsForACopyThatIsUnderWayInsteadOfStartingAnother() {
        under(NODE, "mariadb_backup_copy_test");
        under(STORE, "mariadb_backup_receive_test");
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 42 abc\n", ""));

        make();

        assertThat(fakes.engine(NODE).calls()).containsExactly("run mariadb_backup_copy_test");
        assertThat(fakes.engine(STORE).calls()).containsExactly("run mariadb_backup_receive_test");
    }

    @Test
    void beginsAnewWhereOnlyOneSideIsLeft() {
        under(STORE, "mariadb_backup_receive_test");
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 42 abc\n", ""));

        make();

        assertThat(fakes.engine(STORE).calls())
                .containsSubsequence(
                        "remove mariadb_backup_receive_test", "run mariadb_backup_receive_test");
    }

    @Test
    void endsTheCopyOfARunThatHasEnded() {
        under(NODE, "mariadb_backup_copy_another");
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 42 abc\n", ""));

        make();

        assertThat(journal.done()).first().isEqualTo("ctl3 end mariadb_backup_copy_another");
    }

    @Test
    void tellsNoPasswordInArgumentVectorsOrLogs() {
        ends(NODE, new ExecResult(0, SENT, ""));
        ends(STORE, new ExecResult(0, "KR received 42 abc\n", ""));

        make();

        assertThat(
                        Stream.of(NODE, STORE)
                                .flatMap(h -> fakes.host(h).commands().stream())
                                .flatMap(c -> c.argv().stream()))
                .noneMatch(a -> a.contains("s3cret"));
        assertThat(journal.lines()).noneMatch(l -> l.contains("s3cret"));
        assertThat(fakes.host(NODE).files().values())
                .noneMatch(f -> f.content().contains("s3cret"));
    }

    private void make() {
        Patience patience = new Patience(() -> Instant.EPOCH, () -> {});
        new BackupCopy(patience).make(context, ORDER, NODE, true, Optional.empty());
    }

    private String status() {
        return String.join(
                "\n",
                "wsrep_cluster_status\tPrimary",
                "wsrep_local_state_comment\tSynced",
                "wsrep_cluster_size\t3",
                "wsrep_cluster_state_uuid\t" + Backups.UUID,
                "wsrep_cluster_conf_id\t3",
                "wsrep_ready\tON",
                "wsrep_connected\tON",
                "desync\t" + (desynced.get() ? "1" : "0"),
                "sst\tmariabackup",
                "wsrep_local_recv_queue\t0");
    }

    private void ends(Host host, ExecResult result) {
        fakes.engine(host).jobsEndWith(result);
    }

    private void under(Host host, String container) {
        FakeEngine engine = fakes.engine(host);
        engine.create(spec(container));
        engine.start(container);
        engine.forgetCalls();
    }

    private void answer(Host host, String script, String out) {
        fakes.host(host)
                .answers(
                        c ->
                                c.input().contains(script)
                                        ? Optional.of(new CommandResult(0, out, "", false))
                                        : Optional.empty());
    }

    private RolloutContext context() {
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
                        new Variables(Map.of("runbooks_backup_host", "keep")));
        Cluster cluster =
                new Cluster(
                        "lab",
                        Path.of("cluster"),
                        new Inventory(List.of(NODE, STORE), Map.of()),
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

    private static ContainerSpec spec(String name) {
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
