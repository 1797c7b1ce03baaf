package kolla.runbooks.catalog;

/**
 * A schema of the database cluster and the account that owns it.
 *
 * @param passwordKey the key in {@code passwords.yml}
 */
public record DatabaseAccount(String schema, String user, String passwordKey) {}
