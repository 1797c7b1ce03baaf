/** The journal's ports on JDBC, for H2 and PostgreSQL. */
package kolla.runbooks.journal.jdbc;
