package kolla.runbooks.galera.backup;

import static kolla.runbooks.galera.backup.Backups.full;
import static kolla.runbooks.galera.backup.Backups.incremental;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreDecisionsTest {

    private static final long PLENTY = 10L << 30;
    private static final List<Backup> BACKUPS = List.of(incremental(2, full(1)), full(1));
    private static final String SOUND = "ab".repeat(32);
    private static final Map<String, String> DIGESTS =
            Map.of("full-1", SOUND, "incremental-2", SOUND);
    private static final List<RestoreHost> HOSTS =
            List.of(host("ctl1", true), host("ctl2", true), host("ctl3", false));

    @Test
    void beginsOnTheFirstHostAndSaysWhoseDataAreLost() {
        RestorePlan plan = restore("full-1").plan();

        assertThat(plan.first()).isEqualTo("ctl1");
        assertThat(plan.joiners()).containsExactly("ctl2", "ctl3");
        assertThat(plan.members()).containsExactly("ctl1", "ctl2");
        assertThat(plan.position()).isEqualTo(full(1).position());
        assertThat(plan.base()).isEmpty();
    }

    @Test
    void anIncrementalBringsItsFullOneIntoThePlan() {
        RestoreDecision.Restore restore = restore("incremental-2");

        assertThat(restore.base()).contains(full(1));
        assertThat(restore.plan().base()).contains("full-1:" + SOUND);
    }

    @Test
    void thePlanIsTheSameForTheSameStateAndAnotherWhenAClusterCameBackToLife() {
        List<RestoreHost> dead =
                List.of(host("ctl1", false), host("ctl2", false), host("ctl3", false));
        RestorePlan before = restore("full-1").plan();

        assertThat(restore("full-1").plan().digest()).isEqualTo(before.digest());
        assertThat(RestorePlan.parse(before.json())).isEqualTo(before);
        RestoreDecision other = RestoreDecisions.decide("full-1", BACKUPS, DIGESTS, dead, PLENTY);
        assertThat(((RestoreDecision.Restore) other).plan().digest()).isNotEqualTo(before.digest());
    }

    @Test
    void namesTheBackupsThereAreWhenTheOneAskedForIsNone() {
        assertRefused(
                RestoreDecisions.decide("full-7", BACKUPS, DIGESTS, HOSTS, PLENTY),
                "KR-RESTORE-001",
                "full-7",
                "full-1");
    }

    @Test
    void refusesAnIncrementalWhoseFullOneIsGone() {
        assertRefused(
                RestoreDecisions.decide(
                        "incremental-2", List.of(incremental(2, full(1))), DIGESTS, HOSTS, PLENTY),
                "KR-RESTORE-001",
                "needs full-1");
    }

    @Test
    void refusesAnArchiveThatChangedSinceItWasProvenTheFullOneOfAnIncrementalToo() {
        Map<String, String> spoilt = Map.of("full-1", "cd".repeat(32), "incremental-2", SOUND);

        for (String id : List.of("full-1", "incremental-2")) {
            assertRefused(
                    RestoreDecisions.decide(id, BACKUPS, spoilt, HOSTS, PLENTY),
                    "KR-RESTORE-002",
                    "full-1");
        }
    }

    @Test
    void refusesWhileAHostCannotBeReadBecauseItWouldComeBackWithTheOldData() {
        List<RestoreHost> hosts =
                List.of(host("ctl1", true), new RestoreHost.Unread("ctl2", "no route"));

        assertRefused(
                RestoreDecisions.decide("full-1", BACKUPS, DIGESTS, hosts, PLENTY),
                "KR-RESTORE-003",
                "ctl2 (no route)");
    }

    @Test
    void refusesWhereTheOldDataCannotBeMovedAside() {
        List<RestoreHost> hosts =
                List.of(host("ctl1", true), new RestoreHost.Read("ctl2", true, PLENTY, false));

        assertRefused(
                RestoreDecisions.decide("full-1", BACKUPS, DIGESTS, hosts, PLENTY),
                "KR-RESTORE-004",
                "ctl2");
    }

    @Test
    void refusesWithoutRoomForTheDataBesideTheOldOnes() {
        long needed = RestoreDecisions.needed(Backups.DATA);
        List<RestoreHost> tight =
                List.of(host("ctl1", true), new RestoreHost.Read("ctl2", true, needed - 1, true));

        assertRefused(
                RestoreDecisions.decide("full-1", BACKUPS, DIGESTS, tight, PLENTY),
                "KR-BACKUP-003",
                "ctl2");
        assertRefused(
                RestoreDecisions.decide("full-1", BACKUPS, DIGESTS, HOSTS, needed - 1),
                "KR-BACKUP-003",
                "the store");
    }

    @Test
    void tellsATiredPersonWhatIsLostAndInWhichOrderItGoes() {
        String text = RestoreText.of(restore("incremental-2"), List.of("ctl1 Synced"));

        assertThat(text)
                .contains(
                        "RESTORES incremental-2",
                        "Everything that was committed after 2026-11-03T00:00:00Z",
                        "is gone from the database afterwards",
                        "ctl1 Synced",
                        "A primary component LIVES on ctl1, ctl2",
                        "on its full one full-1",
                        "ctl2, then ctl3: joins empty",
                        "keystone: 49 tables, 23 rows");
    }

    @Test
    void aManifestIsReadBackAsItWasWrittenAndAnythingElseIsNone() {
        Backup backup = incremental(2, full(1));

        assertThat(Manifest.parse(Manifest.json(backup))).contains(backup);
        assertThat(Manifest.parse("{\"id\":\"full-1\"}")).isEmpty();
        assertThat(Manifest.parse("half a man")).isEqualTo(Optional.empty());
    }

    private static RestoreDecision.Restore restore(String id) {
        return (RestoreDecision.Restore)
                RestoreDecisions.decide(id, BACKUPS, DIGESTS, HOSTS, PLENTY);
    }

    private static RestoreHost host(String name, boolean member) {
        return new RestoreHost.Read(name, member, PLENTY, true);
    }

    private static void assertRefused(RestoreDecision decision, String code, String... says) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        RestoreDecision.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo(code);
                            assertThat(r.sentence()).contains(says);
                        });
    }
}
