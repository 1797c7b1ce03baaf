package kolla.runbooks.rollout;

import java.util.List;
import kolla.runbooks.catalog.DatabaseAccount;

/**
 * Schemas and accounts of the database cluster. A changed password is rolled: from {@link #ensure},
 * before the service's first host changes, to {@link #settle}, after its last, an account that
 * stands already takes the password that it had and the new one.
 */
public interface DatabaseAccounts {

    /** Looks, changes nothing: what a changed password will bring; empty when none has changed. */
    List<String> preview(RolloutContext context, DatabaseAccount account);

    /**
     * Makes the schema and its account, which can log in with the defined password afterwards, and
     * with those that it had before; returns whether anything was changed.
     */
    boolean ensure(RolloutContext context, DatabaseAccount account);

    /** Takes away every password but the defined one; returns whether anything was changed. */
    boolean settle(RolloutContext context, DatabaseAccount account);
}
