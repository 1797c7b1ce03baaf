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
}
