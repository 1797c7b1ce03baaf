package kolla.runbooks.galera.backup;

import java.util.Arrays;
import java.util.Locale;
import kolla.runbooks.failure.RunbookFailure;

/** What a backup holds. */
public enum BackupKind {
    /** All data; stands on its own. */
    FULL,
    /** What has changed since a full one, which it needs to be of use. */
    INCREMENTAL;

    /** As people write it: {@code full}, {@code incremental}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws RunbookFailure {@code KR-RUN-001} for any other text
     */
    public static BackupKind of(String text) {
        return Arrays.stream(values())
                .filter(k -> k.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-RUN-001",
                                        "kind: \"" + text + "\" is neither full nor incremental",
                                        java.util.List.of()));
    }
}
