package kolla.runbooks.galera.recovery;

import java.util.List;

/**
 * What {@code mariadbd --wsrep-recover}, run for this look alone, said of a stopped server's data.
 */
public sealed interface Recovered {

    /** It was not run: there are no data, or the server runs, or a transfer into it never ended. */
    record NotRun() implements Recovered {}

    /** As it was printed; may still be the zero UUID or a negative number. */
    record Found(Position position) implements Recovered {}

    /**
     * It ended badly or printed no position, or more than one.
     *
     * @param lines its last words
     */
    record Failed(String why, List<String> lines) implements Recovered {
        public Failed {
            lines = List.copyOf(lines);
        }
    }
}
