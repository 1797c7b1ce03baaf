package kolla.runbooks.hosts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kolla.runbooks.inventory.Host;

/**
 * The same work on many hosts at once, with a bound on how many at a time. All hosts are tried;
 * what each came to is in the result, in the order of the hosts.
 */
public interface FanOut {

    /** What came of the work on one host. */
    sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(RuntimeException cause) implements Outcome<T> {}
    }

    <T> Map<Host, Outcome<T>> each(List<Host> hosts, Function<Host, T> work);

    /**
     * As {@link #each}, but when any host failed, throws the failure of the first of them, with the
     * others suppressed, after all have ended.
     */
    <T> Map<Host, T> all(List<Host> hosts, Function<Host, T> work);
}
