package kolla.runbooks.probe;

import java.time.Duration;

/** Told of every request. */
@FunctionalInterface
public interface ProbeListener {

    void request(String kind, boolean succeeded, Duration took);
}
