/** Runs, leases, actions, plans, evidence and logs, in tables of the engine's database. */
package kolla.runbooks.journal;
