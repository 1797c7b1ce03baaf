package kolla.runbooks.probe;

/**
 * One way to use the cloud. Used by one thread at a time; what it keeps between two uses
 * (connections) is its own.
 */
interface Use extends AutoCloseable {

    /** Uses the cloud once, as a client would; whatever it throws is a failed request. */
    void once() throws Exception;

    /** Lets go of what it kept; may be called while another thread is inside {@link #once}. */
    @Override
    void close();
}
