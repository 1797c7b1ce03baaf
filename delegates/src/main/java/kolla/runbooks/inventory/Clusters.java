package kolla.runbooks.inventory;

import java.util.List;

/** The clusters this program knows. Implementations read the definition afresh at each call. */
public interface Clusters {

    /** The names, sorted. */
    List<String> names();

    /**
     * @throws IllegalArgumentException when there is no such cluster; lists the names there are
     * @throws DefinitionException when its definition has gaps
     */
    Cluster read(String name);
}
