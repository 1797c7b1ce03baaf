/**
 * Backups of a Galera cluster and their store: which node is copied, what counts, what is kept. The
 * runbooks mariadb-backup and mariadb-restore are its steps in order.
 */
package kolla.runbooks.galera.backup;
