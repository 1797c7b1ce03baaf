/** Services and releases, read from config-templates and rendered for a cluster. */
package kolla.runbooks.catalog;
