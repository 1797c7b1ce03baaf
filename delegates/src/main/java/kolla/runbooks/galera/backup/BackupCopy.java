package kolla.runbooks.galera.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Copies a node's data to the store: lock and copy on the same node, streamed off the host, size
 * and digest compared at both ends.
 *
 * <p>Two containers do it, the sender beside the database and the receiver on the store's host.
 * They go on when this program dies, and the next attempt waits for them. The sender desynchronises
 * its node and puts it back when it ends, however it ends; afterwards that is looked at.
 */
public final class BackupCopy {

    private static final String SEND = "copy";
    private static final String RECEIVE = "receive";

    /** The receiver waits that long for its sender, which tries for a minute. */
    private static final String WAIT_SECONDS = "120";

    private final Patience patience;

    public BackupCopy(Patience patience) {
        this.patience = patience;
    }

    /**
     * @param node that was chosen
     * @param base the full one that an incremental stands on
     * @throws RunbookFailure {@code KR-BACKUP-003} the store's disk is full, {@code -004} the copy
     *     failed, {@code -005} what arrived is not what was sent, {@code -006} the node is not
     *     Synced again
     */
    public void make(
            RolloutContext context,
            BackupOrder order,
            Host node,
            boolean desync,
            Optional<Backup> base) {
        BackupStore store = BackupStore.of(context);
        if (store.note(order.id(), SEND).isPresent()) {
            context.journal().log(node.name(), order.id() + " has been copied already");
        } else {
            BackupJobs jobs = new BackupJobs(context);
            jobs.endOrphans(node);
            try {
                context.journal()
                        .perform(
                                node.name(),
                                "copy " + order.id(),
                                "what arrives at " + store.site().host() + " is what was sent",
                                () -> copy(context, store, jobs, order, node, desync, base));
            } catch (RunbookFailure failure) {
                recover(context, jobs, node, failure);
                throw failure;
            }
        }
        new FlowControl(patience).restore(context, node);
    }

    /** A copy that still runs is left alone: the next attempt waits for it. */
    private void recover(
            RolloutContext context, BackupJobs jobs, Host node, RunbookFailure failure) {
        try {
            if (jobs.find(node, SEND).isEmpty()) {
                new FlowControl(patience).restore(context, node);
            }
        } catch (RunbookFailure also) {
            failure.addSuppressed(also);
        }
    }

    private String copy(
            RolloutContext context,
            BackupStore store,
            BackupJobs jobs,
            BackupOrder order,
            Host node,
            boolean desync,
            Optional<Backup> base) {
        Host keeper = store.site().host();
        BackupNode.Read seen = read(context, node);
        String lineage = lineage(context, node, seen, order);
        boolean underWay =
                jobs.find(node, SEND).isPresent() && jobs.find(keeper, RECEIVE).isPresent();
        if (underWay) {
            context.journal().log(node.name(), "the copy is under way; waiting for its end");
        } else {
            jobs.end(node, SEND);
            jobs.end(keeper, RECEIVE);
            jobs.prepare(node, true);
            jobs.prepare(keeper, false);
        }
        String key = TransferKey.make(patience.clock().instant());
        ContainerSpec receiver =
                jobs.spec(
                        RECEIVE,
                        seen.image(),
                        store.mount(),
                        Map.of(
                                "KR_FOLDER",
                                store.incoming(order.id()),
                                "KR_PORT",
                                String.valueOf(store.site().port()),
                                "KR_WAIT",
                                WAIT_SECONDS,
                                "KR_TLS",
                                key));
        Map<String, String> variables =
                new TreeMap<>(
                        Map.of(
                                "KR_PEER",
                                keeper.login().address(),
                                "KR_PORT",
                                String.valueOf(store.site().port()),
                                "KR_NAME",
                                TransferKey.NAME,
                                "KR_TLS",
                                key,
                                "KR_DESYNC",
                                desync ? "yes" : "no",
                                "KR_PASSWORD",
                                GaleraSql.password(context, "database_password")));
        base.ifPresent(b -> variables.put("KR_LSN", b.lsn()));
        ContainerSpec sender =
                jobs.spec(
                        SEND,
                        seen.image(),
                        GaleraSql.volume(context, node) + ":/var/lib/mysql:ro",
                        variables);
        Transfer transfer = new Transfer(context, jobs, RECEIVE, SEND);
        JobFacts arrived = transfer.run(keeper, receiver, node, sender, seen.dataBytes());
        store.note(
                order.id(),
                SEND,
                arrived.with("host", node.name())
                        .with("lineage", lineage)
                        .with("copied-at", patience.clock().instant().toString())
                        .with("image", seen.image()));
        return "arrived, bytes and sha256 " + arrived.one("received");
    }

    private static BackupNode.Read read(RolloutContext context, Host node) {
        if (BackupObservation.read(context, node) instanceof BackupNode.Read read) {
            return read;
        }
        throw RunbookFailure.person(
                BackupDecisions.NOT_NOW, node.name(), "its database does not answer");
    }

    /** Names the data directory, once; whoever replaces the directory takes the name away. */
    private static String lineage(
            RolloutContext context, Host node, BackupNode.Read seen, BackupOrder order) {
        if (seen.lineage().isPresent()) {
            return seen.lineage().get();
        }
        String folder =
                context.engine(node)
                        .volumePath(GaleraSql.volume(context, node))
                        .orElseThrow(() -> new IllegalStateException("the server has no volume"));
        context.connection(node)
                .put(
                        List.of(
                                new RemoteFile(
                                        folder + "/" + BackupObservation.LINEAGE,
                                        order.id() + "\n",
                                        0644,
                                        "root:root")));
        return order.id();
    }
}
