package kolla.runbooks.galera.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/** Which primary components live. Pure. */
final class Components {

    private Components() {}

    /**
     * The members that were read, by component, in the inventory's order. Members of one component
     * show the same UUID, view and size. Two components may show the same as well (each counts its
     * views from its own start), but then more members are read than each of them has: those are
     * taken one by one.
     */
    static List<List<Read>> of(List<NodeEvidence> seen) {
        Map<String, List<Read>> byName = new LinkedHashMap<>();
        for (Read read : RecoveryDecisions.reads(seen)) {
            if (read.primary()) {
                byName.computeIfAbsent(name(read), k -> new ArrayList<>()).add(read);
            }
        }
        List<List<Read>> components = new ArrayList<>();
        for (List<Read> members : byName.values()) {
            if (members.size() > wsrep(members.get(0)).clusterSize()) {
                members.forEach(m -> components.add(List.of(m)));
            } else {
                components.add(List.copyOf(members));
            }
        }
        return components;
    }

    /** As people read it. */
    static String name(Read member) {
        WsrepStatus wsrep = wsrep(member);
        return wsrep.uuid() + " view " + wsrep.view() + " of " + wsrep.clusterSize();
    }

    private static WsrepStatus wsrep(Read member) {
        return member.live().orElseThrow().wsrep();
    }
}
