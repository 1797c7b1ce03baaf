package kolla.runbooks.galera.backup;

import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Sees to it that a node that was copied takes part in flow control again. The copy's own container
 * does that when it ends; this looks whether it did, and does it where it did not.
 */
final class FlowControl {

    static final String NOT_BACK = "KR-BACKUP-006";

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Patience patience;

    FlowControl(Patience patience) {
        this.patience = patience;
    }

    /**
     * Returns when the node is Synced, not desynchronised, and has nothing left to apply.
     *
     * @throws RunbookFailure {@code KR-BACKUP-006} when it is not within five minutes
     */
    void restore(RolloutContext context, Host host) {
        if (read(context, host).map(BackupNode.Read::desynced).orElse(false)) {
            context.journal()
                    .perform(
                            host.name(),
                            "set wsrep_desync OFF",
                            "no copy runs any more; the node is to be Synced again",
                            () -> {
                                ContainerEngine.ExecResult result =
                                        GaleraSql.asRoot(
                                                context, host, "SET GLOBAL wsrep_desync = OFF");
                                if (!result.ok()) {
                                    throw notBack(host, "the server refused it: " + result.err());
                                }
                                return "OFF";
                            });
        }
        Optional<BackupNode.Read> back =
                patience.until(
                        LIMIT,
                        () ->
                                read(context, host)
                                        .filter(n -> n.wsrep().synced())
                                        .filter(n -> !n.desynced() && n.queue() == 0));
        if (back.isEmpty()) {
            throw notBack(
                    host,
                    read(context, host)
                            .map(n -> n.describe() + ", " + n.queue() + " write sets wait")
                            .orElse("it does not answer"));
        }
        context.journal().log(host.name(), "Synced, wsrep_desync is OFF, nothing waits");
    }

    private static Optional<BackupNode.Read> read(RolloutContext context, Host host) {
        return BackupObservation.read(context, host) instanceof BackupNode.Read read
                ? Optional.of(read)
                : Optional.empty();
    }

    private static RunbookFailure notBack(Host host, String seen) {
        return RunbookFailure.person(
                NOT_BACK, host.name(), "the node is not Synced again after it was copied: " + seen);
    }
}
