package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.inventory.Host;

/** The end of every taking out. */
public final class TakingOut {

    private TakingOut() {}

    /**
     * Stops the service's containers on a host, in the reverse of the order in which they start.
     */
    public static void stopAll(HostConvergence convergence, RolloutContext context, Host host) {
        List<DesiredContainer> containers = new ArrayList<>(context.service().on(host));
        Collections.reverse(containers);
        containers.forEach(c -> convergence.stop(context, host, c.spec().name()));
    }
}
