/**
 * The program as people see it: Cockpit and Tasklist in a real browser. A screenshot of each moment
 * that a test passes is left in {@code target/screenshots}.
 */
package kolla.runbooks.browser;
