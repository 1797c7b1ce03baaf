package kolla.runbooks.inventory;

import java.util.Optional;
import java.util.Set;

/** Where an expression's names get their values. */
public interface Scope {

    /** Knows nothing. */
    Scope EMPTY = name -> Optional.empty();

    /**
     * The value of a name, evaluated; empty when there is no such name.
     *
     * @throws ExpressionException when the name is known but its own expression cannot be evaluated
     */
    Optional<Object> find(String name);

    /** The names there are, for proposals in messages; may be incomplete. */
    default Set<String> names() {
        return Set.of();
    }
}
