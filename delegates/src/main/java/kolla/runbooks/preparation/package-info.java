/** A bare machine becomes a host of the cluster: packages, engine, names, kernel settings. */
package kolla.runbooks.preparation;
