package kolla.runbooks.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An inventory as the product reads it, before anything is evaluated. */
record ReadInventory(InventoryDraft draft, InventoryVariables variables) {

    /** Where Ansible looks for a host's address. */
    static final List<String> ADDRESS = List.of("ansible_host", "ansible_ssh_host");

    boolean has(String host) {
        return draft.hosts().containsKey(host);
    }

    Set<String> hosts() {
        return draft.hosts().keySet();
    }

    Set<String> groups() {
        return draft.groups().keySet();
    }

    /** With those of its children, in order; nobody when there is no such group. */
    List<String> hostsOf(String group) {
        return groups().contains(group) ? variables.hostsOf(group) : List.of();
    }

    /** Whether the group names the host itself. */
    boolean isDirect(String host, String group) {
        return draft.groups().containsKey(group) && draft.groups().get(group).hosts.contains(host);
    }

    /** What the host's own lines say, as it is compared: without the places. */
    Map<String, Object> own(String host) {
        return has(host) ? plain(draft.host(host)) : Map.of();
    }

    /** Everything that holds on the host, as it is compared. */
    Map<String, Object> effective(String host) {
        return has(host) ? plain(variables.of(host)) : Map.of();
    }

    /** What the inventory's files say of a group, as it is compared. */
    Map<String, Object> ofGroup(String group) {
        return plain(draft.variables(group));
    }

    /** The variable that says the host's address, with its place. */
    Optional<Sited> addressVariable(String host) {
        Map<String, Sited> all = has(host) ? variables.of(host) : Map.of();
        return ADDRESS.stream()
                .filter(n -> all.containsKey(n) && !all.get(n).value().equals(""))
                .map(all::get)
                .findFirst();
    }

    /** The host's address as it is written; its name when nothing is. */
    String address(String host) {
        return addressVariable(host).map(s -> text(s.value())).orElse(host);
    }

    /** Kolla's own machine in the group deployment: no host of the cluster. */
    boolean isLocal(String host) {
        return "local".equals(effective(host).get("ansible_connection"));
    }

    /** A value as text, an expression as it is written. */
    static String text(Object value) {
        return String.valueOf(value instanceof Expression x ? x.text() : value);
    }

    private static Map<String, Object> plain(Map<String, Sited> sited) {
        Map<String, Object> plain = new LinkedHashMap<>();
        sited.forEach((name, s) -> plain.put(name, plain(s.value())));
        return plain;
    }

    /** Two expressions are the same when their texts are, wherever they stand. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((k, v) -> plain.put(k, plain(v)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ReadInventory::plain).toList();
        }
        return value instanceof Expression x
                ? new Expression(x.text(), java.nio.file.Path.of(""), 0)
                : value;
    }
}
