/** What went wrong, who can mend it, and the page that says how. */
package kolla.runbooks.failure;
