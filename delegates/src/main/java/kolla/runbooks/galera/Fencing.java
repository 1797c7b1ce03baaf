package kolla.runbooks.galera;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Keeps a host that was absent from bringing its data back unnoticed: the recovered cluster's own
 * list of allowed addresses, {@code mysql.wsrep_allowlist}, names everybody else. It is replicated,
 * it survives restarts, and a server that is not on it is refused before any data flow. Without it
 * an absent host that was ahead would, once the others have overtaken it, rejoin as if nothing had
 * happened, with other transactions under the same numbers.
 *
 * <p>An empty list lets everybody in.
 */
public final class Fencing {

    public static final String REFUSED = "KR-RECOVERY-008";

    private Fencing() {}

    /** Lets in these addresses and nobody else. */
    public static void allowOnly(RolloutContext context, Host through, List<String> addresses) {
        set(context, through, new TreeSet<>(addresses), "whoever is not on it stays outside");
    }

    /** Lets in everybody again. */
    public static void allowEverybody(RolloutContext context, Host through) {
        set(context, through, new TreeSet<>(), "every host is back in");
    }

    private static void set(
            RolloutContext context, Host through, Set<String> addresses, String why) {
        if (new TreeSet<>(Allowlist.addresses(context, through)).equals(addresses)) {
            return;
        }
        context.journal()
                .perform(
                        through.name(),
                        addresses.isEmpty() ? "lift the fence" : "fence absent hosts",
                        why
                                + ": mysql.wsrep_allowlist holds "
                                + (addresses.isEmpty() ? "nothing" : String.join(", ", addresses)),
                        () -> {
                            String insert =
                                    addresses.isEmpty()
                                            ? ""
                                            : " INSERT INTO mysql.wsrep_allowlist VALUES "
                                                    + addresses.stream()
                                                            .map(
                                                                    a ->
                                                                            "("
                                                                                    + GaleraSql
                                                                                            .literal(
                                                                                                    a)
                                                                                    + ")")
                                                            .collect(joining(", "))
                                                    + ";";
                            ask(
                                    context,
                                    through,
                                    "START TRANSACTION; DELETE FROM mysql.wsrep_allowlist;"
                                            + insert
                                            + " COMMIT;");
                            Set<String> now = new TreeSet<>(Allowlist.addresses(context, through));
                            if (!now.equals(addresses)) {
                                throw RunbookFailure.person(
                                        REFUSED,
                                        through.name(),
                                        "mysql.wsrep_allowlist holds "
                                                + now
                                                + " instead of "
                                                + addresses);
                            }
                            return "holds " + now;
                        });
    }

    private static void ask(RolloutContext context, Host through, String sql) {
        ContainerEngine.ExecResult result = GaleraSql.asRoot(context, through, sql);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    REFUSED,
                    through.name(),
                    "the server refused to change mysql.wsrep_allowlist (exit "
                            + result.exit()
                            + ")",
                    result.err().strip());
        }
    }
}
