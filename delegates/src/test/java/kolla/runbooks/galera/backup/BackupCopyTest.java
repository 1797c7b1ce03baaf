package kolla.runbooks.galera.backup;

import static kolla.runbooks.galera.backup.BackupPlace.NODE;
import static kolla.runbooks.galera.backup.BackupPlace.STORE;
import static kolla.runbooks.galera.backup.BackupPlace.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeEngine;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupCopyTest {

    private static final BackupOrder ORDER = new BackupOrder("full-1", BackupKind.FULL);
    private static final String SENT = "KR sent 42 abc\n";

    private final BackupPlace place = new BackupPlace();
    private final FakeCluster fakes = place.fakes;
    private final FakeJournal journal = place.journal;
    private final AtomicBoolean desynced = new AtomicBoolean();
    private final RolloutContext context =
            place.context(Map.of("runbooks_backup_host", "keep"), Map.of());

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
        place.answer(NODE, "du -sk", "100\n");
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
}
