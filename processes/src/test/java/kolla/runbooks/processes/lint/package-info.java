/**
 * What every diagram of this house keeps to. {@link kolla.runbooks.processes.lint.Lint} names the
 * rules and why each of them stands; the tests hold every {@code *.bpmn} to them.
 */
package kolla.runbooks.processes.lint;
