package kolla.runbooks.steps;

import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupStore;
import kolla.runbooks.journal.ActionId;

/**
 * Whether a verified backup is there that is fresh enough for what is to come. One is needed when
 * the database or a schema is to be changed, unless the run says 0 hours.
 */
final class FindBackup extends UpgradeStep {

    FindBackup(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        Duration limit =
                Duration.ofHours(call.parameter("backupHours").map(Integer::parseInt).orElse(24));
        boolean needed =
                !limit.isZero()
                        && upgrading(call, deployment).stream()
                                .anyMatch(
                                        s ->
                                                s.kind().equals("galera")
                                                        || !s.upgrade().expand().isEmpty()
                                                        || !s.upgrade().contract().isEmpty());
        Optional<Backup> newest =
                needed
                        ? deployment
                                .ofKind("galera")
                                .map(g -> call.context(deployment, g))
                                .flatMap(c -> BackupStore.list(c).stream().findFirst())
                        : Optional.empty();
        boolean fresh =
                !needed
                        || newest.map(b -> b.copiedAt().plus(limit))
                                .filter(environment().clock().instant()::isBefore)
                                .isPresent();
        call.set(Variable.BACKUP_FRESH, fresh);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        !needed
                                ? "no backup is needed for this"
                                : newest.map(b -> "the newest verified backup is " + b.id())
                                                .orElse("there is no verified backup")
                                        + (fresh
                                                ? ""
                                                : "; one not older than "
                                                        + limit.toHours()
                                                        + " h is taken first"));
    }
}
