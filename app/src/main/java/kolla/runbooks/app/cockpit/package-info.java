/**
 * The plug-in that lets operators start runbooks and follow runs where they work, in Cockpit. Its
 * browser side is {@code plugin-webapp/runbooks/app}: plain ES modules, no bundler.
 */
package kolla.runbooks.app.cockpit;
