package kolla.runbooks.preflight;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read on one host.
 *
 * @param clockOffset the host's clock minus this program's, half the round trip taken off
 * @param freeBytes by path, what the file system that holds it has left
 * @param listening TCP ports that something listens on, with the addresses ({@code *} for all)
 * @param addresses every IP address of the host
 * @param names what the cluster's host names resolve to here; empty where one does not
 * @param engineVersion of Docker; empty when the engine does not answer
 * @param running names of the containers that run
 * @param vipAnswers whether something answers at the VIP, seen from here
 */
public record HostFacts(
        Duration clockOffset,
        Map<String, Long> freeBytes,
        Map<Integer, Set<String>> listening,
        Set<String> addresses,
        Map<String, Optional<String>> names,
        Optional<String> engineVersion,
        Set<String> running,
        boolean vipAnswers) {}
