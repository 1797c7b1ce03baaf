package kolla.runbooks.maintenance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * Which host is taken out, and what is left meanwhile.
 *
 * @param order the services in the order in which they are taken out
 * @param accepted violations that are accepted, by name
 * @param notes what the person at the host has to know
 */
public record MaintenancePlan(
        String cluster,
        String host,
        List<Standing> order,
        List<String> accepted,
        List<String> notes) {

    public MaintenancePlan {
        order = List.copyOf(order);
        accepted = List.copyOf(accepted);
        notes = List.copyOf(notes);
    }

    public String json() {
        return Canonical.json(this);
    }

    @JsonIgnore
    public String digest() {
        return Canonical.digest(json());
    }

    @JsonIgnore
    public List<String> services() {
        return order.stream().map(Standing::service).toList();
    }
}
