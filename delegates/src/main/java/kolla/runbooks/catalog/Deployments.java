package kolla.runbooks.catalog;

import kolla.runbooks.inventory.Cluster;

/** Renders the catalogue for a cluster. */
public interface Deployments {

    /**
     * @throws kolla.runbooks.inventory.DefinitionException with every gap that templates or service
     *     definitions found: unknown variable, missing password, group without hosts
     */
    Deployment render(Cluster cluster);
}
