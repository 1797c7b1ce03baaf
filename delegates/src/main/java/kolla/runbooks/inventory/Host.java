package kolla.runbooks.inventory;

/**
 * One machine of a cluster.
 *
 * @param name the inventory's name of it, also its node name in Galera and RabbitMQ
 * @param variables its own and its groups' variables, nearest wins. Globals are not in here, except
 *     those that ask for the host's own variables, evaluated for this host
 */
public record Host(String name, Login login, Variables variables) {

    @Override
    public String toString() {
        return name;
    }
}
