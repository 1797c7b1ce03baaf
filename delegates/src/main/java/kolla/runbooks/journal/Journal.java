package kolla.runbooks.journal;

import java.util.List;
import java.util.function.Supplier;

/**
 * The journal of one step of one run: actions with intent before and outcome after, each in a
 * transaction of its own, fenced by the lease. Thread-safe: a fan-out writes from many threads.
 */
public interface Journal {

    RunId run();

    /** The name of the step this journal writes for. */
    String step();

    /**
     * Does an action that observation showed to be needed: writes the intent, does it, writes the
     * outcome that {@code act} returns. When {@code act} throws, the outcome is the failure.
     *
     * @throws FencedException when the lease has moved on; nothing was done
     */
    String perform(String host, String action, String intent, Supplier<String> act);

    /** A line of the run's log about a host, or about the cluster with {@link ActionId#CLUSTER}. */
    void log(String host, String text);

    void warn(String host, String text);

    /** Keeps what was seen, as JSON or text, under a name, with the time; secrets are masked. */
    void evidence(String host, String name, String content);

    List<Action> actions();
}
