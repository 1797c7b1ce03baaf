package kolla.runbooks.galera.backup;

import static kolla.runbooks.galera.backup.BackupPlace.STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kolla.runbooks.rollout.RolloutContext;
import org.junit.jupiter.api.Test;

class BackupStoreTest {

    private static final Map<String, List<String>> GROUP = Map.of("backup", List.of("keep"));

    private final BackupPlace place = new BackupPlace();

    @Test
    void listsTheNewestFirstAndOnlyWhatIsWhole() {
        place.fakes.engine(STORE).hasVolume("mariadb_backup");
        String otherSize = line(Backups.full(3)).replace("backup 5000 ", "backup 4999 ");
        String noManifest = "backup 5000 " + base64("{\"id\": \"full-4\"}");
        place.answer(
                STORE,
                "manifest.json",
                Stream.of(
                                line(Backups.full(1)),
                                line(Backups.incremental(2, Backups.full(1))),
                                otherSize,
                                noManifest)
                        .collect(Collectors.joining("\n")));

        assertThat(BackupStore.list(context(Map.of(), GROUP)))
                .extracting(Backup::id)
                .containsExactly("incremental-2", "full-1");
    }

    @Test
    void hasNoBackupsBeforeTheFirstOne() {
        assertThat(BackupStore.list(context(Map.of(), GROUP))).isEmpty();
        assertThat(place.fakes.host(STORE).commands()).isEmpty();
    }

    @Test
    void readsAPathOfTheHostAsWellAsAVolume() {
        place.answer(STORE, "manifest.json", line(Backups.full(1)));

        assertThat(
                        BackupStore.list(
                                context(Map.of("runbooks_backup_volume", "/srv/backups"), GROUP)))
                .hasSize(1);
        assertThat(place.fakes.host(STORE).commands().get(0).argv()).contains("/srv/backups/lab");
    }

    @Test
    void isOnTheHostThatTheDefinitionNamesBeforeTheFirstOfTheGroup() {
        Map<String, List<String>> group = Map.of("backup", List.of("ctl3"));

        assertThat(StoreSite.of(context(Map.of("runbooks_backup_host", "keep"), group)).host())
                .isEqualTo(STORE);
    }

    @Test
    void isNeverOnAHostOfTheDatabaseNorNowhere() {
        assertThatThrownBy(
                        () ->
                                StoreSite.of(
                                        context(Map.of("runbooks_backup_host", "ctl3"), Map.of())))
                .hasMessageContaining("KR-BACKUP-002")
                .hasMessageContaining("serves the database itself");
        assertThatThrownBy(() -> StoreSite.of(context(Map.of(), Map.of())))
                .hasMessageContaining("KR-BACKUP-002")
                .hasMessageContaining("group \"backup\"");
        assertThatThrownBy(
                        () ->
                                StoreSite.of(
                                        context(Map.of("runbooks_backup_host", "moon"), Map.of())))
                .hasMessageContaining("moon");
    }

    private RolloutContext context(Map<String, Object> settings, Map<String, List<String>> groups) {
        return place.context(settings, groups);
    }

    private static String line(Backup backup) {
        return "backup " + backup.bytes() + " " + base64(Manifest.json(backup));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
