package kolla.runbooks.templates;

import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.ExpressionException;
import kolla.runbooks.inventory.Expressions;
import kolla.runbooks.inventory.Gap;

/** Which release's variables hold: the cluster's {@code openstack_release}. */
final class Release {

    private static final String NAME = "openstack_release";

    private Release() {}

    /** The name; where it is not known here that is a gap, and no release's variables hold. */
    static String of(Cluster cluster, Catalog catalog, Expressions expressions, Gaps gaps) {
        String release = "";
        try {
            release =
                    new ClusterScopes(cluster, catalog, "", expressions)
                            .shared()
                            .find(NAME)
                            .map(String::valueOf)
                            .orElse("");
            if (!catalog.releases().containsKey(release)) {
                String known = String.join(", ", catalog.releases().keySet());
                gaps.add(
                        new Gap(
                                cluster.folder(),
                                0,
                                NAME + ": \"" + release + "\" is not known; known are " + known));
            }
        } catch (ExpressionException e) {
            gaps.add(new Gap(cluster.folder(), 0, NAME + ": " + e.getMessage()));
        }
        return release;
    }
}
