package kolla.runbooks.galera;

import java.util.List;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * {@code mysql.wsrep_allowlist}, the addresses that a cluster lets in; when it is empty, all of
 * them. Servers before MariaDB 10.10 have no such table, which means the same.
 */
public final class Allowlist {

    private static final String NO_SUCH_TABLE = "1146";

    private Allowlist() {}

    /**
     * @param member that answers for the cluster
     * @throws RunbookFailure {@code KR-RECOVERY-008} when it refuses
     */
    public static List<String> addresses(RolloutContext context, Host member) {
        ContainerEngine.ExecResult result =
                GaleraSql.asRoot(context, member, "SELECT ip FROM mysql.wsrep_allowlist;");
        if (!result.ok() && result.err().contains(NO_SUCH_TABLE)) {
            return List.of();
        }
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-RECOVERY-008",
                    member.name(),
                    "the server refused to read mysql.wsrep_allowlist (exit " + result.exit() + ")",
                    result.err().strip());
        }
        return result.out().lines().map(String::strip).filter(l -> !l.isEmpty()).sorted().toList();
    }

    /** Whether the server has such a list. */
    static boolean known(RolloutContext context, Host member) {
        ContainerEngine.ExecResult result =
                GaleraSql.asRoot(context, member, "SELECT COUNT(*) FROM mysql.wsrep_allowlist;");
        return result.ok() || !result.err().contains(NO_SUCH_TABLE);
    }

    /** The address by which the cluster knows a host. */
    public static String address(RolloutContext context, Host host) {
        return context.cluster()
                .variables(host)
                .string("api_interface_address", host.login().address());
    }
}
