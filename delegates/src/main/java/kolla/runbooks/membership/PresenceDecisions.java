package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.membership.Presence.Kind;

/**
 * Whether a host that goes is there, empty, or gone. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>verdict
 * <tr><td>it lets us in; containers or volumes of the control plane are on it<td>there
 * <tr><td>a machine at its address lets us in and has neither, but members count on it<td>unclear:
 *     it may be another one
 * <tr><td>it lets us in and has neither<td>empty
 * <tr><td>it does not let us in though something answers at its address<td>unclear
 * <tr><td>another host has an answer from it<td>unclear
 * <tr><td>a member of Galera or RabbitMQ counts on it<td>unclear: it may be cut off from us alone
 * <tr><td>no other host could be asked, or one of them could not<td>unclear: it may be we who are
 *     cut off
 * <tr><td>otherwise<td>gone
 * </table>
 *
 * <p>Gone means that nobody hears it now. That it stays so is what the approver answers for.
 */
public final class PresenceDecisions {

    private PresenceDecisions() {}

    public static Presence decide(String host, Sighting seen) {
        if (seen.unreachable().isEmpty() && !seen.counting().isEmpty()) {
            return new Presence(Kind.UNCLEAR, seen.counting());
        }
        if (seen.unreachable().isEmpty()) {
            return seen.containers().isEmpty() && seen.volumes().isEmpty()
                    ? new Presence(
                            Kind.EMPTY,
                            List.of(host + " answers, and nothing of the control plane is on it"))
                    : new Presence(
                            Kind.THERE,
                            List.of(host + " answers; on it: " + what(seen)),
                            seen.stopped());
        }
        List<String> doubts = new ArrayList<>();
        if (!seen.silent()) {
            doubts.add("something answers at its address: " + seen.unreachable().get());
        }
        if (!seen.answering().isEmpty()) {
            doubts.add(host + " answers a ping from " + String.join(", ", seen.answering()));
        }
        doubts.addAll(seen.counting());
        doubts.addAll(seen.unasked());
        if (seen.asked().isEmpty()) {
            doubts.add("no other host could be asked about " + host);
        }
        if (!doubts.isEmpty()) {
            return new Presence(Kind.UNCLEAR, doubts);
        }
        return new Presence(
                Kind.GONE,
                List.of(
                        host + " does not answer this program",
                        host + " answers no ping from " + String.join(", ", seen.asked()),
                        "no member of Galera or RabbitMQ counts on it"));
    }

    private static String what(Sighting seen) {
        List<String> what = new ArrayList<>(seen.containers());
        seen.volumes().forEach(v -> what.add("volume " + v));
        return String.join(", ", what);
    }
}
