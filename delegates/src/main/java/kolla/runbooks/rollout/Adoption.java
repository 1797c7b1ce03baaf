package kolla.runbooks.rollout;

import java.util.HashMap;
import java.util.Map;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.inventory.Host;

/**
 * Containers that another tool made have no note of the configuration they took over. They are
 * asked themselves ({@code kolla_set_configs --check}), so that taking over a cluster restarts
 * nothing.
 */
final class Adoption {

    private Adoption() {}

    /**
     * The observation, with a note for each such container whose configuration is the desired one.
     */
    static HostObservation withNotes(RolloutContext context, Host host, HostObservation seen) {
        Map<String, String> notes = new HashMap<>(seen.taken());
        for (DesiredService service : context.deployment().services()) {
            for (DesiredContainer desired : service.on(host)) {
                note(context, host, desired, seen, notes);
            }
        }
        return new HostObservation(seen.files(), notes, seen.containers(), seen.images());
    }

    /** The same for one container. */
    static HostObservation withNote(
            RolloutContext context, Host host, DesiredContainer desired, HostObservation seen) {
        Map<String, String> notes = new HashMap<>(seen.taken());
        note(context, host, desired, seen, notes);
        return new HostObservation(seen.files(), notes, seen.containers(), seen.images());
    }

    private static void note(
            RolloutContext context,
            Host host,
            DesiredContainer desired,
            HostObservation seen,
            Map<String, String> notes) {
        String name = desired.spec().name();
        ContainerState state = seen.containers().get(name);
        boolean unknown = state != null && state.running() && !notes.containsKey(name);
        if (unknown
                && ConfigFiles.differing(desired, seen.files()).isEmpty()
                && Reload.configurationTaken(context.engine(host), name)) {
            notes.put(name, ConfigFiles.digest(desired));
        }
    }
}
