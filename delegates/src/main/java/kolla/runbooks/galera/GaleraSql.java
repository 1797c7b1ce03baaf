package kolla.runbooks.galera;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * SQL on the node of one host, by the client inside its container and over its own socket: what is
 * asked here is never answered by another node. Statements and passwords travel in the environment,
 * never in an argument vector.
 */
public final class GaleraSql {

    public static final String CONTAINER = "mariadb";
    private static final String ROOT_PASSWORD = "database_password";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The socket is where the server's own configuration puts it. */
    private static final String CLIENT =
            """
            socket=$(my_print_defaults mariadbd mysqld server | sed -n 's/^--socket=//p' | tail -n 1)
            printf '%s' "$KR_SQL" | exec mariadb --user="$KR_USER" ${socket:+"--socket=$socket"} \
              --batch --skip-column-names --connect-timeout=5
            """;

    private GaleraSql() {}

    /** Runs statements as root; the result has no headings and tabs between the columns. */
    public static ContainerEngine.ExecResult asRoot(RolloutContext context, Host host, String sql) {
        return as(context, host, "root", rootPassword(context), sql);
    }

    static ContainerEngine.ExecResult as(
            RolloutContext context, Host host, String user, String password, String sql) {
        return context.engine(host)
                .exec(
                        CONTAINER,
                        List.of("sh", "-c", CLIENT),
                        Map.of("KR_SQL", sql, "KR_USER", user, "MYSQL_PWD", password),
                        Optional.empty(),
                        LIMIT);
    }

    /** The service of kind galera. */
    public static DesiredService service(RolloutContext context) {
        return context.deployment()
                .ofKind("galera")
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-GALERA-008",
                                        context.service().name()
                                                + " needs a database account but no service of kind"
                                                + " galera is enabled",
                                        List.of()));
    }

    public static DesiredContainer container(RolloutContext context, Host host) {
        return context.service()
                .container(host, CONTAINER)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "service.yml of "
                                                + context.service().name()
                                                + " has no container "
                                                + CONTAINER));
    }

    /** The name of the volume with the data directory. */
    public static String volume(RolloutContext context, Host host) {
        return container(context, host).volumeAt("/var/lib/mysql");
    }

    public static String password(RolloutContext context, String key) {
        return context.cluster()
                .passwords()
                .find(key)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-GALERA-008",
                                        key + ": is empty or missing in passwords.yml",
                                        List.of()));
    }

    private static String rootPassword(RolloutContext context) {
        return password(context, ROOT_PASSWORD);
    }

    /** A text as an SQL literal. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /**
     * A name as an SQL identifier.
     *
     * @throws RunbookFailure {@code KR-GALERA-008} unless it consists of letters, digits and
     *     underscores
     */
    static String identifier(String name) {
        if (!name.matches("[A-Za-z0-9_]{1,64}")) {
            throw RunbookFailure.person(
                    "KR-GALERA-008",
                    "schema or account \""
                            + name
                            + "\": only letters, digits and underscores are allowed",
                    List.of());
        }
        return "`" + name + "`";
    }
}
