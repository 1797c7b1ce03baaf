package kolla.runbooks.galera.backup;

import java.util.Optional;

/** Whether a backup may be taken now, and how. */
public sealed interface BackupDecision {

    /**
     * Copy this node.
     *
     * @param desync whether it is taken out of flow control meanwhile; not where it is the only
     *     one, which would take it from its clients
     */
    record Copy(BackupNode.Read node, boolean desync, Optional<Backup> base)
            implements BackupDecision {}

    /** Nothing is touched. */
    record Refuse(String code, String sentence) implements BackupDecision {}
}
