/**
 * Who may come in and what they may do: users and groups, HTTP basic for REST, and the guard in
 * front of Camunda's web applications.
 */
package kolla.runbooks.app.security;
