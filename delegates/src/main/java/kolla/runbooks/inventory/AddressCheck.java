package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;

/** Whether the addresses of those who join are addresses, and nobody else's. */
final class AddressCheck {

    private final ReadInventory inventory;
    private final List<Arrival> in;
    private final Set<String> out;

    AddressCheck(ReadInventory inventory, List<Arrival> in, Set<String> out) {
        this.inventory = inventory;
        this.in = in;
        this.out = out;
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (String host : inventory.hosts()) {
            boolean joins = in.stream().anyMatch(a -> a.host().equals(host));
            if (!out.contains(host) && !joins) {
                taken.put(host, host);
                taken.put(inventory.address(host), host);
            }
        }
        for (Arrival arrival : in) {
            String address = arrival.address().orElseGet(() -> inventory.address(arrival.host()));
            String other = taken.putIfAbsent(address, arrival.host());
            if (arrival.address().isPresent() && !HostNames.isName(address)) {
                problems.add(
                        field(arrival, address)
                                + "neither an IP address nor a name; write one, as 192.0.2.14");
            } else if (other != null && asked(arrival, address)) {
                problems.add(
                        field(arrival, address)
                                + "this is the address of "
                                + other
                                + "; give the host one of its own, or take "
                                + other
                                + " out");
            }
        }
        return problems;
    }

    /** An inventory in which two hosts have one address already is not this change's. */
    private boolean asked(Arrival arrival, String address) {
        return !inventory.has(arrival.host()) || !inventory.address(arrival.host()).equals(address);
    }

    private static String field(Arrival arrival, String address) {
        return "host \"" + arrival.host() + "\": address: \"" + address + "\": ";
    }
}
