package kolla.runbooks.membership;

import java.util.List;
import java.util.Optional;

/**
 * What was seen of a host that goes.
 *
 * @param unreachable why it could not be logged in to; empty when it was
 * @param silent whether that was because nothing answered at its address at all
 * @param containers of the control plane that are on it, running or not
 * @param stopped those of them that its services need and that do not run
 * @param volumes of the control plane that are on it
 * @param asked names of the other hosts that could be asked about it
 * @param answering those of them that it answers
 * @param counting sentences of members that count on it
 * @param unasked why others could not be asked
 */
public record Sighting(
        Optional<String> unreachable,
        boolean silent,
        List<String> containers,
        List<String> stopped,
        List<String> volumes,
        List<String> asked,
        List<String> answering,
        List<String> counting,
        List<String> unasked) {

    public Sighting {
        containers = List.copyOf(containers);
        stopped = List.copyOf(stopped);
        volumes = List.copyOf(volumes);
        asked = List.copyOf(asked);
        answering = List.copyOf(answering);
        counting = List.copyOf(counting);
        unasked = List.copyOf(unasked);
    }
}
