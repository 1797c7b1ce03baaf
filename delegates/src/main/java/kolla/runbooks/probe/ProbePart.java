package kolla.runbooks.probe;

/** One program's part in the probe of a run. */
public interface ProbePart {

    /** Uses the cloud from now on, and says each second that somebody does. */
    void start();

    /** Only says that somebody has the probe, so that nobody else takes it meanwhile. */
    void hold();

    /** Whether another program has taken it; this one does nothing any more then. */
    boolean lost();

    /**
     * Ends the probe: no more requests, everything written, and what was made in the cloud taken
     * away. Can be called again when it throws.
     */
    void end();

    /** The program stops and another one is to go on; what was made in the cloud stays. */
    void leave();
}
