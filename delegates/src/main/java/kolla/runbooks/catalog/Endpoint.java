package kolla.runbooks.catalog;

/**
 * An entry of Keystone's catalogue.
 *
 * @param user the service's user in project {@code service}; empty for Keystone itself
 * @param passwordKey the key in {@code passwords.yml}; empty for Keystone itself
 */
public record Endpoint(
        String name,
        String type,
        String description,
        String internalUrl,
        String publicUrl,
        String adminUrl,
        String user,
        String passwordKey) {}
