package kolla.runbooks.preflight;

/**
 * Something on a host that has to be mended first.
 *
 * @param what was seen and what would be right
 */
public record Problem(String host, String check, String what) {

    @Override
    public String toString() {
        return host + " " + check + ": " + what;
    }
}
