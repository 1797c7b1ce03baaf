package kolla.runbooks.galera.backup;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.BackupDecision.Copy;
import kolla.runbooks.galera.backup.BackupDecision.Refuse;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** Looks at nodes and store and decides; before that, sees to it that the store can work. */
public final class BackupPlanning {

    private static final Duration PULL = Duration.ofMinutes(20);

    private BackupPlanning() {}

    /**
     * @param context of the service of kind galera
     * @throws RunbookFailure {@code KR-BACKUP-001} the cluster is not as it has to be, {@code -002}
     *     no fit store is defined, {@code -003} it has no room, {@code -008} an incremental has
     *     nothing to stand on
     */
    public static Copy decide(RolloutContext context, BackupOrder order) {
        BackupStore store = BackupStore.of(context);
        List<BackupNode> nodes = BackupObservation.nodes(context);
        nodes.forEach(n -> context.journal().log(n.host(), describe(n)));
        List<Backup> backups = store.backups();
        // without a readable node the decision refuses, whatever is free
        long free =
                image(nodes)
                        .map(
                                image -> {
                                    pull(context, store.site().host(), image);
                                    tidy(context, store, order);
                                    return store.free(image);
                                })
                        .orElse(0L);
        BackupDecision decision = BackupDecisions.decide(order.kind(), nodes, backups, free);
        if (decision instanceof Refuse refuse) {
            throw RunbookFailure.person(
                    refuse.code(),
                    refuse.sentence(),
                    nodes.stream().map(BackupPlanning::describe).toList());
        }
        Copy copy = (Copy) decision;
        context.journal()
                .log(
                        ActionId.CLUSTER,
                        order.id()
                                + ": copies "
                                + copy.node().host()
                                + " to "
                                + store.site().host()
                                + copy.base().map(b -> ", what changed since " + b.id()).orElse("")
                                + "; "
                                + BackupDecisions.megabytes(free)
                                + " free there, at most "
                                + BackupDecisions.megabytes(
                                        BackupDecisions.needed(copy.node(), copy.base()))
                                + " needed");
        return copy;
    }

    private static java.util.Optional<String> image(List<BackupNode> nodes) {
        return nodes.stream()
                .filter(BackupNode.Read.class::isInstance)
                .map(n -> ((BackupNode.Read) n).image())
                .reduce((first, last) -> last);
    }

    /** The store works with the database's own image: its programs read what the server wrote. */
    static void pull(RolloutContext context, Host host, String image) {
        ContainerEngine engine = context.engine(host);
        if (engine.imageId(image).isEmpty()) {
            context.journal()
                    .perform(
                            host.name(),
                            "pull " + image,
                            "the image is on the host",
                            () ->
                                    engine.pull(
                                            image,
                                            ContainerEngine.RegistryLogin.of(context.cluster()),
                                            PULL));
        }
    }

    private static void tidy(RolloutContext context, BackupStore store, BackupOrder order) {
        new BackupJobs(context).endOrphans(store.site().host());
        store.tidy(order.id())
                .forEach(
                        folder ->
                                context.journal()
                                        .log(
                                                store.site().host().name(),
                                                "removed "
                                                        + folder
                                                        + ", which a run that ended left"
                                                        + " unproven"));
    }

    private static String describe(BackupNode node) {
        return node instanceof BackupNode.Read read
                ? read.describe()
                : node.host() + ": not read, " + ((BackupNode.Unread) node).why();
    }
}
