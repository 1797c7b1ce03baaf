package kolla.runbooks.galera;

import java.util.List;

/**
 * @param hosts the members, in the inventory's order; the first is the writer and bootstraps
 * @param run the run that acts
 */
public record GaleraDesired(List<String> hosts, String run) {

    public GaleraDesired {
        hosts = List.copyOf(hosts);
    }

    String first() {
        return hosts.get(0);
    }

    int size() {
        return hosts.size();
    }
}
