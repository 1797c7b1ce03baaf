package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A data directory as it lies on the disk.
 *
 * @param present whether anything is in it
 * @param bytes its size
 * @param freeBytes on its file system
 * @param age since its tables or logs were last written; empty when it holds none
 * @param saved what {@code grastate.dat} says; empty when there is no readable one
 * @param safeToBootstrap what {@code grastate.dat} says; used to break a tie and for nothing else
 *     (M7)
 * @param savedView the last view of {@code gvwstate.dat}, which a server leaves that was not
 *     stopped
 * @param branch of the history that the data belong to, see {@link Position#branch}
 * @param earlier branches that the data have gone through before that one
 * @param transferBroken whether a state transfer into it was begun and never ended
 */
public record DataDirectory(
        boolean present,
        long bytes,
        long freeBytes,
        Optional<Duration> age,
        Optional<Position> saved,
        boolean safeToBootstrap,
        Optional<String> savedView,
        String branch,
        List<String> earlier,
        boolean transferBroken) {

    public DataDirectory {
        earlier = List.copyOf(earlier);
    }

    /** Whether a copy of it fits beside it, with a tenth to spare (M9). */
    boolean copyFits() {
        return freeBytes > bytes + bytes / 10;
    }
}
