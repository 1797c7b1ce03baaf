package kolla.runbooks.rollout;

import kolla.runbooks.catalog.BrokerAccount;

/** Accounts of the message broker. */
public interface BrokerAccounts {

    /**
     * Makes the virtual host, account and rights as they should be; returns whether anything
     * changed.
     */
    boolean ensure(RolloutContext context, BrokerAccount account);
}
