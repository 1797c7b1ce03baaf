package kolla.runbooks.galera.backup;

import java.util.Optional;

/** Whether a backup may be restored as things are. */
public sealed interface RestoreDecision {

    /**
     * @param base the full one that an incremental needs
     */
    record Restore(RestorePlan plan, Backup backup, Optional<Backup> base)
            implements RestoreDecision {}

    /** Nothing is touched. */
    record Refuse(String code, String sentence) implements RestoreDecision {}
}
