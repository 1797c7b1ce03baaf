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
    public List<String> preview(RolloutContext context, DatabaseAccount account) {
        return context.deployment().ofKind("galera").isEmpty()
                ? List.of()
                : preview(
                        context.about(GaleraSql.service(context)),
                        account.user(),
                        account.passwordKey());
    }

    private static List<String> preview(RolloutContext galera, String user, String key) {
        Optional<Host> node = aSyncedNode(galera);
        Optional<String> created = node.flatMap(n -> created(galera, n, user));
        if (created.isEmpty()) {
            return List.of();
        }
        String password = GaleraSql.password(galera, key);
        if (AccountLogin.parse(created.get()).isEmpty()
                && GaleraSql.as(galera, node.get(), user, password, "SELECT 1;").ok()) {
            // it logs in by something else, and with the defined password: nothing is to be done
            return List.of();
        }
        AccountLogin login = login(node.get(), user, created.get(), key);
        if (login.takesOnly(password)) {
            return List.of();
        }
        return List.of(
                login.takes(password)
                        ? "the database account "
                                + user
                                + " takes an earlier password too; that ends with its last host"
                        : key
                                + " has changed: the database account "
                                + user
                                + " takes both passwords until the last host has the new one");
    }

    @Override
    public boolean ensure(RolloutContext context, DatabaseAccount account) {
        RolloutContext galera = context.about(GaleraSql.service(context));
        Host node = syncedNode(galera);
        String schema = GaleraSql.identifier(account.schema());
        GaleraSql.identifier(account.user());
        String probe = "USE " + schema + "; SELECT 1;";
        return ensure(
                galera,
                node,
                new Wanted(
                        "account " + account.user() + " of schema " + account.schema(),
                        "it can log in and owns its schema",
                        account.user(),
                        account.passwordKey(),
                        "CREATE DATABASE IF NOT EXISTS " + schema + "; ",
                        " GRANT ALL PRIVILEGES ON "
                                // in a grant, _ stands for any character
                                + schema.replace("_", "\\_")
                                + ".* TO "
                                + who(account.user())
                                + ";",
                        probe));
    }

    @Override
    public boolean settle(RolloutContext context, DatabaseAccount account) {
        RolloutContext galera = context.about(GaleraSql.service(context));
        return settle(galera, syncedNode(galera), account.user(), "%", account.passwordKey());
    }

    /**
     * The account of the health responders; may do nothing but ask for the status. Where it stands
     * it takes the password that it had too, until {@link #settleMonitor}: a responder that cannot
     * log in says that its node is away.
     */
    void ensureMonitor(RolloutContext galera, Host node) {
        String monitor = monitor(galera);
        ensure(
                galera,
                node,
                new Wanted(
                        "account " + monitor,
                        "the health responders can log in",
                        monitor,
                        MONITOR_PASSWORD,
                        "",
                        " GRANT USAGE, REPLICATION CLIENT ON *.* TO " + who(monitor) + ";",
                        "SHOW STATUS LIKE 'wsrep_local_state';"));
    }

    /** Before the first node changes; a cluster that is new has no account to prepare. */
    void prepareMonitor(RolloutContext galera) {
        aSyncedNode(galera)
                .filter(n -> created(galera, n, monitor(galera)).isPresent())
                .ifPresent(n -> ensureMonitor(galera, n));
    }

    List<String> previewMonitor(RolloutContext galera) {
        return preview(galera, monitor(galera), MONITOR_PASSWORD);
    }

    /** After the last node: earlier passwords of the responders and of root end. */
    void settleMonitor(RolloutContext galera, Host node) {
        settle(galera, node, monitor(galera), "%", MONITOR_PASSWORD);
        for (String from : rootHosts(galera, node)) {
            settle(galera, node, "root", from, "database_password");
        }
    }

    private static String monitor(RolloutContext galera) {
        return galera.service().settings().string("mariadb_monitor_user", "monitor");
    }

    /** From which hosts root may log in, as the server has it. */
    private static List<String> rootHosts(RolloutContext galera, Host node) {
        ContainerEngine.ExecResult hosts =
                GaleraSql.asRoot(
                        galera, node, "SELECT Host FROM mysql.global_priv WHERE User = 'root';");
        if (!hosts.ok()) {
            throw failure(node, "it could not be read from where root logs in", hosts);
        }
        return hosts.out().lines().filter(h -> !h.isBlank()).toList();
    }

    /**
     * An account as it should be.
     *
     * @param schema SQL that makes what it has rights on
     * @param grant SQL that gives them
     * @param probe SQL that works when it can do what it is for
     */
    private record Wanted(
            String action,
            String intent,
            String user,
            String passwordKey,
            String schema,
            String grant,
            String probe) {}

    private static boolean ensure(RolloutContext galera, Host node, Wanted wanted) {
        String user = wanted.user();
        String password = GaleraSql.password(galera, wanted.passwordKey());
        if (GaleraSql.as(galera, node, user, password, wanted.probe()).ok()) {
            return false;
        }
        Optional<AccountLogin> login =
                created(galera, node, user).map(c -> login(node, user, c, wanted.passwordKey()));
        boolean another = login.filter(l -> !l.takes(password)).isPresent();
        String how =
                login.map(l -> another ? l.and(password).alter(who(user)) : "")
                        .orElseGet(() -> login(user, password));
        String sql = wanted.schema() + how + wanted.grant();
        galera.journal()
                .perform(
                        node.name(),
                        wanted.action(),
                        another
                                ? "it takes the password that it has and the new one, until the"
                                        + " last host has that"
                                : wanted.intent(),
                        () -> {
                            statement(galera, node, sql);
                            return proven(galera, node, user, password, wanted.probe());
                        });
        return true;
    }

    /** Ends what {@link #ensure} began; leaves an account alone that logs in otherwise. */
    private static boolean settle(
            RolloutContext galera, Host node, String user, String from, String key) {
        String password = GaleraSql.password(galera, key);
        String who = GaleraSql.literal(user) + "@" + GaleraSql.literal(from);
        boolean several =
                createdFor(galera, node, who)
                        .flatMap(AccountLogin::parse)
                        .filter(l -> l.takes(password) && !l.takesOnly(password))
                        .isPresent();
        if (several) {
            galera.journal()
                    .perform(
                            node.name(),
                            "end earlier passwords of "
                                    + user
                                    + (from.equals("%") ? "" : "@" + from),
                            "it logs in with the defined password alone",
                            () -> {
                                statement(galera, node, AccountLogin.only(password).alter(who));
                                return "ended";
                            });
        }
        return several;
    }

    private static AccountLogin login(Host node, String user, String created, String key) {
        return AccountLogin.parse(created)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-GALERA-008",
                                        node.name(),
                                        "the database account "
                                                + user
                                                + " logs in by something else than"
                                                + " mysql_native_password, so "
                                                + key
                                                + " cannot be rolled; give it that password by"
                                                + " hand"));
    }

    /** How the account was made, as the server has it; empty when there is none. */
    private static Optional<String> created(RolloutContext galera, Host node, String user) {
        return createdFor(galera, node, who(user));
    }

    private static Optional<String> createdFor(RolloutContext galera, Host node, String who) {
        ContainerEngine.ExecResult result =
                GaleraSql.asRoot(galera, node, "SHOW CREATE USER " + who + ";");
        if (result.ok()) {
            return Optional.of(result.out().strip());
        }
        String user = who.substring(0, who.lastIndexOf('@'));
        ContainerEngine.ExecResult there =
                GaleraSql.asRoot(
                        galera,
                        node,
                        "SELECT Host FROM mysql.global_priv WHERE User=" + user + ";");
        String from = who.substring(who.lastIndexOf('@') + 2, who.length() - 1);
        if (there.ok() && there.out().lines().noneMatch(from::equals)) {
            return Optional.empty();
        }
        // a look that failed is no proof that there is none
        throw failure(node, "it could not be read how " + who + " logs in", result);
    }

    static Host syncedNode(RolloutContext galera) {
        return aSyncedNode(galera)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        GaleraDecisions.NO_PRIMARY,
                                        "no node of the database is Synced, so no account can be"
                                                + " made; start the runbook galera-recovery when it"
                                                + " does not come back by itself",
                                        List.of()));
    }

    private static Optional<Host> aSyncedNode(RolloutContext galera) {
        return galera.service().hosts().stream().filter(h -> synced(galera, h)).findFirst();
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
