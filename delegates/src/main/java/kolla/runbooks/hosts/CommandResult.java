package kolla.runbooks.hosts;

/**
 * What a command did. Output is data: never executed, never trusted.
 *
 * @param exit the exit code; 128 + n where signal n ended it
 * @param truncated whether an output went over the adapter's limit and was cut
 */
public record CommandResult(int exit, String out, String err, boolean truncated) {

    public boolean ok() {
        return exit == 0;
    }
}
