package kolla.runbooks.inventory;

import java.util.List;
import java.util.Map;

/** The clusters this program knows. Implementations read the definition afresh at each call. */
public interface Clusters {

    /** The names, sorted. */
    List<String> names();

    /**
     * @throws IllegalArgumentException when there is no such cluster; lists the names there are
     * @throws DefinitionException when its definition has gaps
     */
    default Cluster read(String name) {
        return read(name, Map.of());
    }

    /**
     * The same with variables over everything that the definition says, as Ansible's {@code -e}.
     *
     * @param extra plain texts, no expressions
     */
    Cluster read(String name, Map<String, String> extra);

    /**
     * The same with a change of its inventory over it, as {@link #edit} writes it.
     *
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-001 when the change is not possible
     */
    default Cluster read(String name, Map<String, String> extra, HostChange change) {
        if (change.isNone()) {
            return read(name, extra);
        }
        throw new UnsupportedOperationException("these clusters are not changed: " + change);
    }

    /**
     * The change written into the inventory's files, not yet on disk. Changes nothing when the
     * inventory is already as asked for.
     *
     * @throws IllegalArgumentException when there is no such cluster
     * @throws DefinitionException when its inventory has gaps already
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-001 when the change is not possible;
     *     names the host, the value seen and what would be right
     */
    default InventoryEdit edit(String name, HostChange change) {
        throw new UnsupportedOperationException("these clusters are not changed: " + change);
    }
}
