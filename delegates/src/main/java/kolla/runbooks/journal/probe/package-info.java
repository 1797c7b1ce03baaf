/** What is written down about the probe of a run: who probes, and what it saw. */
package kolla.runbooks.journal.probe;
