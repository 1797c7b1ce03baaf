package kolla.runbooks.maintenance;

import java.util.List;

/**
 * How a service would stand without one host.
 *
 * @param hosts so many should serve it
 * @param serving those of the other hosts where all its containers run
 * @param away those of the other hosts where they do not
 * @param needed so many have to be left
 * @param takingOut how it is taken out, for people
 * @param containers that are stopped, in this order
 */
public record Standing(
        String service,
        int hosts,
        List<String> serving,
        List<String> away,
        int needed,
        String takingOut,
        List<String> containers) {

    public Standing {
        serving = List.copyOf(serving);
        away = List.copyOf(away);
        containers = List.copyOf(containers);
    }

    /** Whether the service can do without the host. */
    public boolean enough() {
        return serving.size() >= needed;
    }

    /** Whether it could do without one more. */
    boolean spare() {
        return serving.size() > needed;
    }

    /** The arithmetic, in words. */
    public String arithmetic() {
        return serving.size()
                + " of "
                + hosts
                + " left"
                + (away.isEmpty() ? "" : " (" + String.join(", ", away) + " is away already)")
                + ", needed: "
                + needed;
    }
}
