package kolla.runbooks.galera;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.DatabaseAccount;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.DatabaseAccounts;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Schemas and accounts, made on the first Synced node in the inventory's order (the one that
 * HAProxy writes to as well), by the client inside its container: the VIP is not needed. An account
 * that can log in and use its schema is left alone.
 *
 * <p>Fails with {@code KR-GALERA-008} when a statement is refused, {@code KR-GALERA-001} when no
 * node is Synced.
 */
public final class GaleraAccounts implements DatabaseAccounts {

    private static final String MONITOR_PASSWORD = "mariadb_monitor_password";

    @Override
    public boolean ensure(RolloutContext context, DatabaseAccount account) {
        RolloutContext galera = context.about(GaleraSql.service(context));
        Host node = syncedNode(galera);
        String schema = GaleraSql.identifier(account.schema());
        GaleraSql.identifier(account.user());
        String password = GaleraSql.password(context, account.passwordKey());
        String probe = "USE " + schema + "; SELECT 1;";
        if (GaleraSql.as(galera, node, account.user(), password, probe).ok()) {
            return false;
        }
        galera.journal()
                .perform(
                        node.name(),
                        "account " + account.user() + " of schema " + account.schema(),
                        "it can log in and owns its schema",
                        () -> {
                            String sql =
                                    "CREATE DATABASE IF NOT EXISTS "
                                            + schema
                                            + "; "
                                            + login(account.user(), password)
                                            + " GRANT ALL PRIVILEGES ON "
                                            // in a grant, _ stands for any character
                                            + schema.replace("_", "\\_")
                                            + ".* TO "
                                            + who(account.user())
                                            + ";";
                            statement(galera, node, sql);
                            return proven(galera, node, account.user(), password, probe);
                        });
        return true;
    }

    /** The account of the health responders; may do nothing but ask for the status. */
    void ensureMonitor(RolloutContext galera, Host node) {
        String monitor = galera.service().settings().string("mariadb_monitor_user", "monitor");
        String password = GaleraSql.password(galera, MONITOR_PASSWORD);
        String probe = "SHOW STATUS LIKE 'wsrep_local_state';";
        if (GaleraSql.as(galera, node, monitor, password, probe).ok()) {
            return;
        }
        galera.journal()
                .perform(
                        node.name(),
                        "account " + monitor,
                        "the health responders can log in",
                        () -> {
                            String sql =
                                    login(monitor, password)
                                            + " GRANT USAGE, REPLICATION CLIENT ON *.* TO "
                                            + who(monitor)
                                            + ";";
                            statement(galera, node, sql);
                            return proven(galera, node, monitor, password, probe);
                        });
    }

    static Host syncedNode(RolloutContext galera) {
        for (Host host : galera.service().hosts()) {
            if (synced(galera, host)) {
                return host;
            }
        }
        throw RunbookFailure.person(
                GaleraDecisions.NO_PRIMARY,
                "no node of the database is Synced, so no account can be made; start the runbook"
                        + " galera-recovery when it does not come back by itself",
                List.of());
    }

    private static boolean synced(RolloutContext galera, Host host) {
        if (!galera.engine(host).inspect(GaleraSql.CONTAINER).map(c -> c.running()).orElse(false)) {
            return false;
        }
        ContainerEngine.ExecResult status = GaleraSql.asRoot(galera, host, WsrepStatus.QUERY);
        Optional<WsrepStatus> wsrep =
                status.ok() ? WsrepStatus.parse(status.out()) : Optional.empty();
        return wsrep.map(WsrepStatus::synced).orElse(false);
    }

    static String login(String user, String password) {
        String by = who(user) + " IDENTIFIED BY " + GaleraSql.literal(password) + ";";
        return "CREATE USER IF NOT EXISTS " + by + " ALTER USER " + by;
    }

    static String who(String user) {
        return GaleraSql.literal(user) + "@'%'";
    }

    private static void statement(RolloutContext galera, Host node, String sql) {
        ContainerEngine.ExecResult result = GaleraSql.asRoot(galera, node, sql);
        if (!result.ok()) {
            throw failure(node, "the server refused to make the account", result);
        }
    }

    private static String proven(
            RolloutContext galera, Host node, String user, String password, String probe) {
        ContainerEngine.ExecResult result = GaleraSql.as(galera, node, user, password, probe);
        if (!result.ok()) {
            throw failure(node, "the account " + user + " was made but cannot be used", result);
        }
        return "made, and it logs in";
    }

    private static RunbookFailure failure(
            Host node, String sentence, ContainerEngine.ExecResult result) {
        return RunbookFailure.person(
                "KR-GALERA-008",
                node.name(),
                sentence + " (exit " + result.exit() + ")",
                // the server quotes a statement's position, never a password
                result.err());
    }
}
