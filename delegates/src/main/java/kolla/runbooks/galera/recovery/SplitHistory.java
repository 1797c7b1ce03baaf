package kolla.runbooks.galera.recovery;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kolla.runbooks.galera.Branches;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Two primary components of one UUID give the same numbers to different transactions. Once one of
 * them has stopped, nothing on its disk tells that from a node that is merely behind. So as long as
 * both are seen, a note beside the data of each says that they have parted, and no later look
 * compares them by number.
 */
final class SplitHistory {

    private SplitHistory() {}

    /**
     * By host the note that its data need; empty when the components' notes differ already. Pure.
     *
     * @param id of the look that saw them
     */
    static Map<String, String> notes(List<NodeEvidence> seen, String id) {
        Map<String, String> notes = new LinkedHashMap<>();
        Components.of(seen).stream()
                .collect(Collectors.groupingBy(SplitHistory::uuid))
                .values()
                .forEach(
                        components -> {
                            if (components.size() > 1 && !apart(components)) {
                                for (int i = 0; i < components.size(); i++) {
                                    String note = id + "." + (i + 1);
                                    components.get(i).forEach(m -> notes.put(m.host(), note));
                                }
                            }
                        });
        return notes;
    }

    static void write(RolloutContext context, List<NodeEvidence> seen) {
        notes(seen, context.journal().run().value())
                .forEach(
                        (host, note) ->
                                Branches.write(context, GaleraRecovery.host(context, host), note));
    }

    private static boolean apart(List<List<Read>> components) {
        Set<String> known = new HashSet<>();
        for (List<Read> members : components) {
            Set<String> its =
                    members.stream().map(m -> m.data().branch()).collect(Collectors.toSet());
            if (its.size() > 1 || !known.add(its.iterator().next())) {
                return false;
            }
        }
        return true;
    }

    private static String uuid(List<Read> members) {
        return members.get(0).live().orElseThrow().wsrep().uuid();
    }
}
