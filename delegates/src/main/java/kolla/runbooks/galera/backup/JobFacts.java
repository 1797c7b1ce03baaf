package kolla.runbooks.galera.backup;

import java.util.List;

/**
 * What a job found out: the lines of its output that begin with {@code KR}, a name and words.
 *
 * @param lines without that beginning
 */
record JobFacts(List<String> lines) {

    private static final String MARK = "KR ";

    JobFacts {
        lines = List.copyOf(lines);
    }

    static JobFacts parse(String output) {
        return new JobFacts(
                output.lines()
                        .filter(l -> l.startsWith(MARK))
                        .map(l -> l.substring(MARK.length()).strip())
                        .toList());
    }

    /** As {@link #parse} reads it. */
    String text() {
        return String.join("", lines.stream().map(l -> MARK + l + "\n").toList());
    }

    JobFacts with(String name, String words) {
        return new JobFacts(
                java.util.stream.Stream.concat(lines.stream(), List.of(name + " " + words).stream())
                        .toList());
    }

    List<String> all(String name) {
        return lines.stream()
                .filter(l -> l.startsWith(name + " "))
                .map(l -> l.substring(name.length() + 1))
                .toList();
    }

    /**
     * @throws IllegalStateException when the job did not say it
     */
    String one(String name) {
        return all(name).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the job did not say " + name));
    }
}
