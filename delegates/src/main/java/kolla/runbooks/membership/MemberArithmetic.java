package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.maintenance.Standing;

/**
 * Counts what is left of each service, before anything is removed. Pure.
 *
 * <p>A host may go when of each of its services so many of the others serve now as that service
 * needs to go on: a majority of the members it has today for Galera and RabbitMQ, one for the
 * others. Whoever is away counts as lost, also when it is expected back.
 */
final class MemberArithmetic {

    private MemberArithmetic() {}

    /** One service with its members before and after. */
    record Row(
            String service,
            List<String> before,
            List<String> after,
            int neededAfter,
            Optional<Standing> without) {

        Row {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** A sentence for each service that could not go on; empty when all can. */
    static List<String> refusals(List<Row> rows, String leaving) {
        List<String> refusals = new ArrayList<>();
        for (Row row : rows) {
            if (row.after.isEmpty()) {
                refusals.add(
                        row.service
                                + " would run nowhere without "
                                + leaving
                                + "; to give it up, use the runbook disable-service");
            } else if (row.without.filter(s -> !s.enough()).isPresent()) {
                refusals.add(
                        row.service
                                + " without "
                                + leaving
                                + ": "
                                + row.without.get().arithmetic());
            }
        }
        return refusals;
    }

    /** What the plan says of a service. */
    static String sentence(Row row) {
        int tolerated = row.after.size() - row.neededAfter;
        return row.service
                + ": "
                + String.join(" ", row.before)
                + " → "
                + String.join(" ", row.after)
                + row.without.map(s -> "; meanwhile " + s.arithmetic()).orElse("")
                + "; afterwards it can do without "
                + tolerated
                + " of "
                + row.after.size()
                + (tolerated == 0 ? ", so that none may fail" : "")
                + (quorum(row) && row.after.size() % 2 == 0
                        ? " (an even number tolerates no more than " + (row.after.size() - 1) + ")"
                        : "");
    }

    private static boolean quorum(Row row) {
        return row.after.size() > 1 && row.neededAfter > 1;
    }
}
