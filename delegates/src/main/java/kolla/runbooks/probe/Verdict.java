package kolla.runbooks.probe;

import java.util.List;

/** Whether clients suffer too much. */
public sealed interface Verdict {

    /** For a tired person, the worst first. */
    List<String> sentences();

    /** Whether a person has to be asked before the run goes on. */
    default boolean asks() {
        return !(this instanceof Kept);
    }

    /** Clients do not suffer more than was allowed. */
    record Kept(List<String> sentences) implements Verdict {}

    /** They do. */
    record Spent(List<String> sentences) implements Verdict {}

    /** It cannot be told, which is not the same as good. */
    record Unknown(List<String> sentences) implements Verdict {}
}
