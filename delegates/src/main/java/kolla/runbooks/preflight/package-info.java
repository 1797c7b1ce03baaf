/** Looks at hosts before anything is changed: all problems in one report. */
package kolla.runbooks.preflight;
