package kolla.runbooks.galera;

import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * An account with a schema of its own and a table {@code probe} in it, for as long as a run needs
 * it. Nothing of it is part of what the cluster should be, so it stands in no plan and in no
 * action; what it is for says so. Fails as {@link GaleraAccounts} does.
 */
public final class GaleraGuest {

    private GaleraGuest() {}

    /** Makes it; what is there already keeps its data and gets this password. */
    public static void make(RolloutContext context, String name, String password) {
        String schema = GaleraSql.identifier(name);
        RolloutContext galera = context.about(GaleraSql.service(context));
        statement(
                galera,
                "CREATE DATABASE IF NOT EXISTS "
                        + schema
                        + "; CREATE TABLE IF NOT EXISTS "
                        + schema
                        + ".probe (id INT PRIMARY KEY, n BIGINT NOT NULL); "
                        + GaleraAccounts.login(name, password)
                        + " GRANT SELECT, INSERT, UPDATE, DELETE ON "
                        + schema.replace("_", "\\_")
                        + ".* TO "
                        + GaleraAccounts.who(name)
                        + ";");
    }

    public static void remove(RolloutContext context, String name) {
        RolloutContext galera = context.about(GaleraSql.service(context));
        statement(
                galera,
                "DROP USER IF EXISTS "
                        + GaleraAccounts.who(name)
                        + "; DROP DATABASE IF EXISTS "
                        + GaleraSql.identifier(name)
                        + ";");
    }

    private static void statement(RolloutContext galera, String sql) {
        Host node = GaleraAccounts.syncedNode(galera);
        ContainerEngine.ExecResult result = GaleraSql.asRoot(galera, node, sql);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-GALERA-008",
                    node.name(),
                    "the server refused a statement about a guest (exit " + result.exit() + ")",
                    result.err());
        }
    }
}
