package kolla.runbooks.rollout;

import kolla.runbooks.catalog.Endpoint;

/** Keystone's catalogue of services and the accounts that services log in with. */
public interface Endpoints {

    /**
     * Makes the service, its endpoints in the cluster's region, and its user with the admin role in
     * project {@code service} as they should be; returns whether anything was changed.
     */
    boolean ensure(RolloutContext context, Endpoint endpoint);
}
