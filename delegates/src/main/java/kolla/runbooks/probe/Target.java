package kolla.runbooks.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One kind of use.
 *
 * @param kind its name in figures and sentences, for example {@code sql} or {@code api
 *     keystone_internal}; no comma
 * @param where what has to be reachable from this program, for people
 * @param lodging what has to be made in the cloud before
 */
record Target(
        String kind, Duration period, String where, Optional<Lodging> lodging, Supplier<Use> use) {}
