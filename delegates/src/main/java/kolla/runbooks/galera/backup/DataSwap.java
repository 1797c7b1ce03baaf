package kolla.runbooks.galera.backup;

import java.util.List;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Stops every server and exchanges the data: the old ones are moved aside on every host and kept,
 * the new ones are moved in on the first. What tells the load balancer that a host may be used is
 * stopped with its server and started at the very end, so nobody writes before all is verified.
 */
public final class DataSwap {

    static final String STILL_RUNS = "KR-RESTORE-007";
    private static final String RESPONDER = "mariadb_clustercheck";

    private DataSwap() {}

    /**
     * @throws RunbookFailure {@code KR-RESTORE-003} when a host cannot be reached: nothing is
     *     stopped then; {@code -007} when a server goes on running
     */
    public static void swap(RolloutContext context, RestorePlan plan) {
        List<Host> hosts = context.service().hosts();
        context.look(
                host -> context.engine(host).info().version(),
                (host, why) -> {
                    throw RunbookFailure.person(
                            RestoreDecisions.UNREAD,
                            host,
                            "cannot be reached, so nothing is stopped: " + why);
                });
        Host first = context.cluster().inventory().host(plan.first());
        Beside beside = Beside.of(context, first);
        if (!beside.staged(context)) {
            throw RunbookFailure.person(
                    RestoreDecisions.NO_BACKUP,
                    first.name(),
                    "the data of the backup are not on this host any more; cancel this run and"
                            + " start another one");
        }
        context.fanOut().all(hosts, host -> stop(context, host, RESPONDER));
        context.fanOut().all(hosts, host -> stop(context, host, GaleraSql.CONTAINER));
        context.fanOut().all(hosts, host -> stands(context, host));
        context.fanOut().all(hosts, host -> moveAside(context, host));
        if (beside.movedIn(context)) {
            context.journal().log(first.name(), "the restored data have been moved in already");
            return;
        }
        context.journal()
                .perform(
                        first.name(),
                        "move the restored data in",
                        "the data directory holds " + plan.backup(),
                        () -> {
                            beside.moveIn(context);
                            return "moved";
                        });
    }

    /** Lets clients in again, where a responder is deployed. */
    public static void open(RolloutContext context) {
        context.fanOut()
                .all(
                        context.service().hosts(),
                        host -> {
                            ContainerEngine engine = context.engine(host);
                            boolean stands =
                                    engine.inspect(RESPONDER).map(c -> !c.running()).orElse(false);
                            if (stands) {
                                context.journal()
                                        .perform(
                                                host.name(),
                                                "start " + RESPONDER,
                                                "clients are let in",
                                                () -> {
                                                    engine.start(RESPONDER);
                                                    return "started";
                                                });
                            }
                            return true;
                        });
    }

    private static boolean stop(RolloutContext context, Host host, String container) {
        ContainerEngine engine = context.engine(host);
        engine.inspect(container)
                .filter(c -> c.running() || c.restarting())
                .map(ContainerState::spec)
                .ifPresent(
                        spec ->
                                context.journal()
                                        .perform(
                                                host.name(),
                                                "stop " + container,
                                                "the approved restore of the whole cluster",
                                                () -> {
                                                    engine.stop(container, spec.stopTimeout());
                                                    return "stopped";
                                                }));
        return true;
    }

    private static boolean stands(RolloutContext context, Host host) {
        boolean runs =
                context.engine(host)
                        .inspect(GaleraSql.CONTAINER)
                        .map(c -> c.running() || c.restarting())
                        .orElse(false);
        if (runs) {
            throw RunbookFailure.person(
                    STILL_RUNS,
                    host.name(),
                    "the container mariadb runs although it was stopped; somebody starts it");
        }
        return true;
    }

    private static String moveAside(RolloutContext context, Host host) {
        Beside beside = Beside.of(context, host);
        if (beside.movedAside(context)) {
            context.journal().log(host.name(), "the old data are in " + beside.before());
            return beside.before();
        }
        return context.journal()
                .perform(
                        host.name(),
                        "move the old data aside",
                        "they are kept on the same disk, never deleted",
                        () -> "kept in " + beside.moveAside(context));
    }
}
