package kolla.runbooks.galera.backup;

import java.util.List;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** Deletes what is kept no longer; {@link BackupDecisions#expired} says what that is. */
public final class Retention {

    private Retention() {}

    public static void apply(RolloutContext context) {
        BackupStore store = BackupStore.of(context);
        List<Backup> backups = store.backups();
        for (Backup backup : BackupDecisions.expired(backups, store.site().keepFull())) {
            context.journal()
                    .perform(
                            store.site().host().name(),
                            "delete " + backup.id(),
                            "only the newest "
                                    + store.site().keepFull()
                                    + " full backups and what stands on them are kept",
                            () -> {
                                store.delete(backup);
                                return "deleted";
                            });
        }
        List<Backup> left = store.backups();
        left.forEach(
                b -> context.journal().log(store.site().host().name(), "kept: " + b.describe()));
        context.journal().log(ActionId.CLUSTER, left.size() + " verified backups are kept");
    }
}
