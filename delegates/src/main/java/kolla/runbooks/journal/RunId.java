package kolla.runbooks.journal;

/** The identity of a run, a short text that fits into a URL. */
public record RunId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
