package kolla.runbooks.upgrade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In which order hosts get their turn when all services of a host change in one turn. Pure. Each
 * service has an order of its own (Galera's writer last, the virtual address's holder last); a host
 * that any service wants late goes late: its latest place in the services' orders decides, then the
 * sum of its places, then the order of the inventory. So the first host is one that no service
 * wants last, where there is such a host.
 */
final class HostTurns {

    private HostTurns() {}

    /**
     * @param inventory all hosts in their order
     * @param orders of the services to which it matters, the hosts that each changes, first to
     *     last; of the others with the hosts in any order
     * @param canary goes first whatever the services want
     * @return the hosts on which any service changes, each once
     */
    static List<String> decide(
            List<String> inventory, List<List<String>> orders, Optional<String> canary) {
        Map<String, Integer> latest = new LinkedHashMap<>();
        Map<String, Integer> sums = new LinkedHashMap<>();
        for (String host : inventory) {
            for (List<String> order : orders) {
                int place = order.lastIndexOf(host);
                if (place >= 0) {
                    latest.merge(host, place, Math::max);
                    sums.merge(host, place, Integer::sum);
                }
            }
        }
        List<String> turns = new ArrayList<>(latest.keySet());
        turns.sort(Comparator.<String, Integer>comparing(latest::get).thenComparing(sums::get));
        canary.filter(turns::remove).ifPresent(c -> turns.add(0, c));
        return List.copyOf(turns);
    }
}
