/**
 * Renders the catalogue for a cluster: variables by Kolla's precedence, templates by Jinja, the
 * operator's own configuration merged as Kolla merges it.
 */
package kolla.runbooks.templates;
