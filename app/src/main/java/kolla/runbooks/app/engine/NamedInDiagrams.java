package kolla.runbooks.app.engine;

import java.util.Map;

/** The objects that expressions in a diagram can name, by that name; no other object is seen. */
@FunctionalInterface
public interface NamedInDiagrams {

    Map<String, Object> beans();
}
