package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.DataSwap;
import kolla.runbooks.galera.backup.LiveRows;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Looks whether the database is one and whole and every node holds the backup's rows; then lets
 * clients in. Once they are in, rows may differ, so a second look does not count them.
 */
final class VerifyRestore extends RestoreStep {

    private static final String OPENED = "clients are let in";

    VerifyRestore(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        List<String> wrongs = environment().recovery().verify(context, List.of());
        if (!wrongs.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-RECOVERY-015", "the database is not whole: " + wrongs.get(0), wrongs);
        }
        boolean opened = call.journal().actions().stream().anyMatch(a -> a.intent().equals(OPENED));
        if (!opened) {
            Backup backup = backup(context, approved(call));
            context.fanOut()
                    .all(
                            context.service().hosts(),
                            host -> {
                                LiveRows.compare(context, host, backup);
                                return true;
                            });
        }
        DataSwap.open(context);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "restored; the old data are kept on each host in the folder before-"
                                + call.run()
                                + " beside the data directory");
    }
}
