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
 * that several services want late goes late: the sum of its places in the services' orders decides,
 * then the order of the inventory.
 */
final class HostTurns {

    private HostTurns() {}

    /**
     * @param inventory all hosts in their order
     * @param orders by service, the hosts that it changes, first to last
     * @param canary goes first whatever the services want
     * @return the hosts on which any service changes, each once
     */
    static List<String> decide(
            List<String> inventory, List<List<String>> orders, Optional<String> canary) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String host : inventory) {
            for (List<String> order : orders) {
                int place = order.lastIndexOf(host);
                if (place >= 0) {
                    places.merge(host, place, Integer::sum);
                }
            }
        }
        List<String> turns = new ArrayList<>(places.keySet());
        turns.sort(Comparator.comparing(places::get));
        canary.filter(turns::remove).ifPresent(c -> turns.add(0, c));
        return List.copyOf(turns);
    }
}
