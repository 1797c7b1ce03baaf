/** What this program answers when it refuses: RFC 9457 problem details with a code and its page. */
package kolla.runbooks.app.problem;
