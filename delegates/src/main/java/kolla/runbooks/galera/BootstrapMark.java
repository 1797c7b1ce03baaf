package kolla.runbooks.galera;

import java.util.Optional;

/**
 * A note on the first host while the first data directory of a cluster is being made. It tells a
 * directory that a crash left half made from one with data of value.
 *
 * @param run that makes the directory
 * @param complete whether the job that fills it ended well; the cluster has not been formed yet
 */
public record BootstrapMark(String run, boolean complete) {

    String text() {
        return (complete ? "made" : "making") + " " + run + "\n";
    }

    /** Anything unreadable counts as a directory half made by an unknown run. */
    static Optional<BootstrapMark> parse(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String[] fields = text.strip().split(" ", 2);
        boolean known = fields.length == 2;
        return Optional.of(
                new BootstrapMark(known ? fields[1] : "?", known && fields[0].equals("made")));
    }
}
