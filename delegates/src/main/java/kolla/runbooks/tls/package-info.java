/**
 * Certificates at the virtual addresses: reading the operator's files, judging them before anything
 * is touched, and whom clients of the cloud trust.
 */
package kolla.runbooks.tls;
