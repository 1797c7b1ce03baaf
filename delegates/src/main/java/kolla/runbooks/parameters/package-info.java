/** What a runbook asks for when it is started: typed, declared in its start form, checked. Pure. */
package kolla.runbooks.parameters;
