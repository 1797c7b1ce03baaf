package kolla.runbooks.rollout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kolla.runbooks.inventory.Host;

/**
 * In which order the hosts of a service that keeps no state are changed. Pure.
 *
 * <table>
 * <caption>Order</caption>
 * <tr><th>seen<th>order
 * <tr><td>nothing differs<td>none
 * <tr><td>it runs nowhere<td>side by side: nobody is served who could miss it
 * <tr><td>otherwise<td>one after another; first those that serve nobody, so that they serve when the
 *     others are drained
 * </table>
 */
final class RollingOrder {

    /**
     * What is seen of one host.
     *
     * @param differs whether anything is to be done there
     * @param served whether a load balancer sends it requests; empty where none knows it
     */
    record Seen(boolean differs, boolean runs, Optional<Boolean> served) {

        boolean serves() {
            return runs && served.orElse(true);
        }
    }

    private RollingOrder() {}

    static List<List<Host>> decide(Map<Host, Seen> seen) {
        List<Host> changing = seen.keySet().stream().filter(h -> seen.get(h).differs()).toList();
        if (changing.isEmpty()) {
            return List.of();
        }
        if (seen.values().stream().noneMatch(Seen::runs)) {
            return List.of(changing);
        }
        return Stream.concat(
                        changing.stream().filter(h -> !seen.get(h).serves()),
                        changing.stream().filter(h -> seen.get(h).serves()))
                .map(List::of)
                .toList();
    }
}
