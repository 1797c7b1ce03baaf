package kolla.runbooks.maintenance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kolla.runbooks.catalog.DesiredService;

/**
 * Whether a host may be taken out, and in which order its services go. Pure.
 *
 * <ol>
 *   <li>Of each service so many hosts have to be left as it needs: a majority for Galera and
 *       RabbitMQ, one for the others. Where fewer would be left, nothing is begun.
 *   <li>The load balancer goes first, so that the virtual address moves once and the load balancers
 *       that stay are those that send the other services' clients elsewhere. Then the services in
 *       the reverse of their dependencies: who uses the database goes before it.
 *   <li>They come back in the order of their dependencies.
 * </ol>
 */
public final class MaintenanceDecisions {

    static final String BALANCER = "loadbalancer";

    private MaintenanceDecisions() {}

    /** The services of a host as they are taken out. */
    static List<DesiredService> leaving(List<DesiredService> inOrderOfDependency) {
        List<DesiredService> order = new ArrayList<>(inOrderOfDependency);
        Collections.reverse(order);
        order.sort((a, b) -> Boolean.compare(b.kind().equals(BALANCER), a.kind().equals(BALANCER)));
        return order;
    }

    /** A sentence for each service that could not do without the host; empty when all can. */
    static List<String> tooFew(List<Standing> standings, String host) {
        return standings.stream()
                .filter(s -> !s.enough())
                .map(s -> s.service() + " without " + host + ": " + s.arithmetic())
                .toList();
    }
}
