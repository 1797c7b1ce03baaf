package kolla.runbooks.templates;

import java.util.List;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Expressions;
import kolla.runbooks.inventory.Gap;

/**
 * Renders the catalogue for a cluster: a pure function of the two, safe for use by many threads.
 *
 * <p>Variables win in this order: defaults, release, inventory, globals, passwords. An undefined
 * name is a gap with its file and line; rendering goes on, so one {@link DefinitionException} has
 * all gaps of all services.
 */
public final class RenderedDeployments implements Deployments {

    private final Catalog catalog;
    private final Expressions expressions = new Expressions();

    public RenderedDeployments(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Deployment render(Cluster cluster) {
        Gaps gaps = new Gaps();
        String release = Release.of(cluster, catalog, expressions, gaps);
        ClusterScopes scopes = new ClusterScopes(cluster, catalog, release, expressions);
        Deployment deployment = new Rendering(cluster, catalog, scopes, gaps).deployment();
        List<Gap> found = gaps.list();
        if (!found.isEmpty()) {
            throw new DefinitionException(found);
        }
        return deployment;
    }
}
