/**
 * A client that uses the cloud through its virtual address while a run changes it, and counts what
 * fails. {@link kolla.runbooks.probe.Budget} decides whether clients suffer too much; {@link
 * kolla.runbooks.probe.Tally} says what a gap is.
 */
package kolla.runbooks.probe;
