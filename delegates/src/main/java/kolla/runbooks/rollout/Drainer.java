package kolla.runbooks.rollout;

import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.Host;

/** Takes a host's servers out of the load balancer and brings them back; on every HAProxy. */
public interface Drainer {

    /**
     * Drains this service's servers on {@code host} and waits until their sessions have ended or
     * the service's limit passed. Where no load balancer runs yet, or the server is down already,
     * there is nothing to do.
     */
    void drain(RolloutContext context, Host host);

    /**
     * The names of the hosts to which some running load balancer sends this service's requests;
     * empty where no load balancer runs or none stands before the service.
     */
    Optional<Set<String>> served(RolloutContext context);

    /**
     * The names of the hosts that somebody took out of a running load balancer: a person, or a run
     * that was cancelled before it put them back.
     */
    Set<String> takenOut(RolloutContext context);

    /**
     * After the containers were stopped: waits until every running load balancer sees by its own
     * check that nothing answers, and ends the draining then. That check keeps requests away also
     * where a load balancer is restarted, which forgets a draining; and nothing stays drained that
     * somebody would have to remember.
     */
    void letGo(RolloutContext context, Host host);

    /** Makes them ready again and waits until every running HAProxy sees them up. */
    void undrain(RolloutContext context, Host host);
}
