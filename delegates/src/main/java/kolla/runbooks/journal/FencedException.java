package kolla.runbooks.journal;

/** The run went on elsewhere: this program's right to act for it has passed. */
public final class FencedException extends RuntimeException {

    public FencedException(RunId run, long mine, long now) {
        super(
                "run "
                        + run
                        + " moved on: this program's fence is "
                        + mine
                        + ", the lease's is "
                        + now);
    }

    /** The program was declared dead, or its node was started anew. */
    public FencedException(RunId run, Incarnation mine) {
        super("run " + run + " moved on: program " + mine + " was declared dead");
    }
}
