package kolla.runbooks.rollout;

import kolla.runbooks.catalog.DatabaseAccount;

/** Schemas and accounts of the database cluster. */
public interface DatabaseAccounts {

    /** Makes the schema and its account as they should be; returns whether anything was changed. */
    boolean ensure(RolloutContext context, DatabaseAccount account);
}
