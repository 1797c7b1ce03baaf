package kolla.runbooks.galera.backup;

import static kolla.runbooks.galera.backup.Backups.full;
import static kolla.runbooks.galera.backup.Backups.incremental;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionTest {

    @Test
    void keepsTheNewestFullOnesWithAllThatStandsOnThem() {
        List<Backup> backups =
                List.of(
                        full(1),
                        incremental(2, full(1)),
                        full(3),
                        incremental(4, full(3)),
                        incremental(5, full(3)),
                        full(6));

        assertThat(BackupDecisions.expired(backups, 2))
                .containsExactly(incremental(2, full(1)), full(1));
        assertThat(BackupDecisions.expired(backups, 3)).isEmpty();
    }

    @Test
    void neverDeletesWhatTheNewestBackupNeeds() {
        List<Backup> backups = List.of(full(1), full(2), incremental(3, full(1)));

        assertThat(BackupDecisions.expired(backups, 1)).isEmpty();
    }

    @Test
    void leavesAloneWhatLostItsFullOne() {
        assertThat(BackupDecisions.expired(List.of(incremental(2, full(1)), full(3)), 1)).isEmpty();
    }

    /**
     * Each number is a backup: 0 a full one, else an incremental on one of the full ones so far.
     */
    @Provide
    Arbitrary<List<Integer>> histories() {
        return Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(20);
    }

    @Property
    void whateverGoesNothingThatStaysMissesItsFullOneAndTheNewestStays(
            @ForAll("histories") List<Integer> history,
            @ForAll @IntRange(min = 1, max = 5) int keep) {
        List<Backup> backups = backups(history);

        List<Backup> expired = BackupDecisions.expired(backups, keep);

        List<Backup> left = new ArrayList<>(backups);
        left.removeAll(expired);
        Set<String> ids = new HashSet<>(left.stream().map(Backup::id).toList());
        assertThat(left).allMatch(b -> b.base().map(ids::contains).orElse(true));
        assertThat(left).contains(newest(backups));
        long fulls = backups.stream().filter(Backup::full).count();
        assertThat(left.stream().filter(Backup::full).count())
                .isGreaterThanOrEqualTo(Math.min(fulls, keep))
                .isLessThanOrEqualTo(Math.min(fulls, keep + 1L));
        // what is deleted first never leaves something behind that needs it
        List<String> gone = new ArrayList<>();
        for (Backup backup : expired) {
            gone.add(backup.id());
            assertThat(backups)
                    .filteredOn(b -> b.base().filter(backup.id()::equals).isPresent())
                    .allMatch(b -> gone.contains(b.id()));
        }
    }

    private static Backup newest(List<Backup> backups) {
        return backups.stream().max(Comparator.comparing(Backup::copiedAt)).orElseThrow();
    }

    private static List<Backup> backups(List<Integer> history) {
        List<Backup> backups = new ArrayList<>();
        List<Backup> fulls = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i) == 0 || fulls.isEmpty()) {
                Backup full = full(i);
                fulls.add(full);
                backups.add(full);
            } else {
                backups.add(incremental(i, fulls.get(history.get(i) % fulls.size())));
            }
        }
        return backups;
    }
}
