package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Backups of a database that is written to, on real hosts, and the way back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final String STORE = "/var/lib/docker/volumes/mariadb_backup/_data/lab";
    private static final String DATA = "/var/lib/docker/volumes/mariadb";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;
    private DrillTable drill;
    private String globals;

    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        definesAStore();
        program = ProgramUnderTest.of(lab, "backup-it", 18085);
        program.start();
        cluster.deployed(program, "BACKUP-STANDS");
        cluster.awaitGalera(LIMIT);
        cluster.on("ctl4", "rm -rf " + STORE);
        drill = new DrillTable(cluster);
        drill.make(80);
    }

    /** The lab's inventory is written once; one that was written before has no such group. */
    private void definesAStore() throws IOException {
        Path inventory = lab.clusterFolder().resolve("multinode");
        if (lab.cluster().inventory().group("backup").isEmpty()) {
            Files.writeString(inventory, "\n[backup]\nctl4\n", StandardOpenOption.APPEND);
        }
        Path file = lab.clusterFolder().resolve("globals.yml");
        globals = Files.readString(file);
        Files.writeString(file, globals + "\nrunbooks_backup_keep_full: 2\n");
    }

    @AfterAll
    void stop() throws IOException {
        Files.writeString(lab.clusterFolder().resolve("globals.yml"), globals);
        lab.run("mend", "all");
        program.close();
    }

    @Test
    @Order(1)
    void aFullBackupUnderWritesHoldsWhatWasThereAndIsProven() throws IOException {
        drill.add("early", 1000);
        drill.beginWriting();
        long before = drill.rows("ctl1", "running");
        Instant begun = Instant.now();

        String run = backup("FULL-1", "full");

        System.out.println("full backup: " + Duration.between(begun, Instant.now()).toMillis());
        long after = drill.rows("ctl1", "running");
        JsonNode manifest = manifest(id(run));
        assertThat(rows(manifest, "drill"))
                .isBetween(1 + 80 * 512 + 1000 + before, 1 + 80 * 512 + 1000 + after);
        assertThat(after).as("clients were served meanwhile").isGreaterThan(before);
        assertThat(manifest.get("host").asText()).as("not the writer").isEqualTo("ctl3");
        assertThat(drill.flowControl()).containsOnly("wsrep_local_state_comment Synced 0");
        assertThat(cluster.on("ctl4", "sha256sum " + STORE + "/" + id(run) + "/archive.mbs.gz"))
                .startsWith(manifest.get("sha256").asText());
    }

    @Test
    @Order(2)
    void anIncrementalBackupStandsOnTheNewestFullOneOfItsNode() throws IOException {
        drill.add("between", 100);

        String run = backup("INCREMENTAL-1", "incremental");

        JsonNode manifest = manifest(id(run));
        assertThat(manifest.get("base").asText()).isEqualTo(backups("full").get(0));
        assertThat(rows(manifest, "drill"))
                .isGreaterThan(rows(manifest(backups("full").get(0)), "drill") + 99);
        assertThat(manifest.get("bytes").asLong())
                .isLessThan(manifest(backups("full").get(0)).get("bytes").asLong());
    }

    @Test
    @Order(3)
    void aProgramThatIsKilledWhileANodeIsCopiedGoesOnWithThatVeryCopy() {
        String run = program.begin("mariadb-backup", "KILLED", Map.of("kind", "full"));
        Awaitility.await("the copy runs")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> jobs("ctl3").contains("mariadb_backup_copy"));
        program.kill();
        String copy = jobs("ctl3");
        assertThat(drill.flowControl().get(2)).as("while it is copied").endsWith("1");

        program.start();
        program.await(run, LIMIT, "SUCCEEDED");

        assertThat(copy).contains("mariadb_backup_copy");
        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(drill.flowControl()).containsOnly("wsrep_local_state_comment Synced 0");
        assertThat(jobs("ctl3") + jobs("ctl4")).as("jobs that are left").isBlank();
    }

    @Test
    @Order(4)
    void aStoreThatBecomesFullKeepsNoHalfAndTheNodeIsSyncedAgain() {
        List<String> before = backups("");
        String run = program.begin("mariadb-backup", "DISK-FULL", Map.of("kind", "full"));
        Awaitility.await("the copy runs")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> jobs("ctl3").contains("mariadb_backup_copy"));
        lab.run("break", "disk-full", "ctl4");
        try {
            JsonNode failed = program.await(run, LIMIT, "FAILED_STEP");
            assertThat(failed.get("failures").toString())
                    .containsAnyOf("KR-BACKUP-003", "KR-ENGINE-004")
                    .contains("ctl4");
            assertThat(drill.flowControl()).containsOnly("wsrep_local_state_comment Synced 0");
            assertThat(backups("")).isEqualTo(before);
        } finally {
            lab.run("mend", "disk-full", "ctl4");
        }
        program.retry(run);
        program.await(run, LIMIT, "SUCCEEDED");
    }

    @Test
    @Order(5)
    void onlyTheNewestFullOnesAndWhatStandsOnThemAreKept() {
        assertThat(backups("full")).hasSize(2);
        assertThat(backups("incremental")).isEmpty();
    }

    @Test
    @Order(6)
    void aBackupThatDoesNotExistIsRefusedWithThoseThereAre() {
        String run =
                program.begin(
                        "mariadb-restore",
                        "NO-SUCH",
                        Map.of("backup", "full-20260101-000000-00000000"));

        JsonNode failed = program.await(run, LIMIT, "FAILED_STEP");

        assertThat(failed.get("failures").toString())
                .contains("KR-RESTORE-001", backups("full").get(1));
        assertThat(program.actions(run)).isEmpty();
        program.cancel(run);
    }

    @Test
    @Order(7)
    void aRestoreBringsBackTheTimeOfTheBackupAlthoughTheProgramIsKilledInIt() throws IOException {
        drill.endWriting();
        drill.add("at-backup", 10);
        String saved = id(backup("TO-RESTORE", "full"));
        drill.add("late", 200);
        String history = drill.sql("ctl1", "SHOW STATUS LIKE 'wsrep_cluster_state_uuid'");

        String run = program.begin("mariadb-restore", "RESTORE", Map.of("backup", saved));
        program.approve(run);
        Instant begun = Instant.now();
        killWhenTheJournalSpeaksOf(run, "move the restored data in");
        program.await(run, LIMIT, "SUCCEEDED");

        System.out.println("restore: " + Duration.between(begun, Instant.now()).toMillis());
        for (String host : LabCluster.HOSTS) {
            assertThat(drill.rows(host, "early")).isEqualTo(1000);
            assertThat(drill.rows(host, "at-backup")).isEqualTo(10);
            assertThat(drill.rows(host, "late")).as("written after the backup").isZero();
            assertThat(cluster.on(host, "ls " + DATA + "/before-" + run + "/drill"))
                    .contains("t.ibd");
            assertThat(cluster.on(host, "grep cluster_address /etc/kolla/mariadb/galera.cnf"))
                    .contains("gcomm://1");
        }
        assertThat(total("ctl2")).isEqualTo(rows(manifest(saved), "drill"));
        assertThat(cluster.galeraSizes()).containsOnly("3");
        assertThat(drill.sql("ctl1", "SHOW STATUS LIKE 'wsrep_cluster_state_uuid'"))
                .isNotEqualTo(history);
        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
    }

    @Test
    @Order(8)
    void afterARestoreAnIncrementalIsRefusedBecauseItFitsToNothing() {
        String run = program.begin("mariadb-backup", "UNFIT", Map.of("kind", "incremental"));

        JsonNode failed = program.await(run, LIMIT, "FAILED_STEP");

        assertThat(failed.get("failures").toString()).contains("KR-BACKUP-008", "kind full");
        program.cancel(run);
        for (String host : LabCluster.HOSTS) {
            cluster.on(host, "rm -rf " + DATA + "/before-* " + DATA + "/restored-*");
        }
    }

    // ---- What the tests do and see
    // ---------------------------------------------------------------

    private String backup(String ticket, String kind) {
        String run = program.begin("mariadb-backup", ticket, Map.of("kind", kind));
        program.await(run, LIMIT, "SUCCEEDED");
        return run;
    }

    private void killWhenTheJournalSpeaksOf(String run, String moment) {
        Awaitility.await("the journal speaks of " + moment)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> program.actions(run).toString().contains(moment));
        program.kill();
        program.start();
    }

    /** The backup that a run made: its id ends like the run's. */
    private String id(String run) {
        String own = run.substring(run.lastIndexOf('-'));
        return backups("").stream().filter(b -> b.endsWith(own)).findFirst().orElseThrow();
    }

    /** The folders in the store that have a manifest, by name. */
    private List<String> backups(String kind) {
        return cluster.on("ctl4", "cd " + STORE + " && ls -d */manifest.json")
                .lines()
                .map(l -> l.replace("/manifest.json", "").strip())
                .filter(l -> l.startsWith(kind))
                .toList();
    }

    private JsonNode manifest(String id) throws IOException {
        return JSON.readTree(cluster.on("ctl4", "cat " + STORE + "/" + id + "/manifest.json"));
    }

    private static long rows(JsonNode manifest, String schema) {
        for (JsonNode entry : manifest.get("schemas")) {
            if (entry.get("name").asText().equals(schema)) {
                return entry.get("rows").asLong();
            }
        }
        throw new AssertionError("no schema " + schema + " in " + manifest);
    }

    private long total(String host) {
        return Long.parseLong(
                drill.sql(
                                host,
                                "SELECT (SELECT COUNT(*) FROM drill.t) + (SELECT COUNT(*) FROM"
                                        + " drill.bulk) + (SELECT COUNT(*) FROM drill.go)")
                        .strip());
    }

    private String jobs(String host) {
        return cluster.on(host, "docker ps --format '{{.Names}}' | grep mariadb_backup_ || true");
    }
}
