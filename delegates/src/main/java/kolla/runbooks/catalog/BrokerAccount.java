package kolla.runbooks.catalog;

/**
 * An account of the message broker.
 *
 * @param passwordKey the key in {@code passwords.yml}
 * @param administrator whether it gets RabbitMQ's tag of that name
 */
public record BrokerAccount(String user, String passwordKey, String vhost, boolean administrator) {}
