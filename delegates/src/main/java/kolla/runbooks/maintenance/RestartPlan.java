package kolla.runbooks.maintenance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.rollout.Restarts;

/**
 * Which processes are replaced by new ones, in which order. Names each process by the moment it was
 * started: when one of them is restarted by somebody else before the plan is carried out, it is
 * another plan.
 *
 * @param restarts the services, one after another
 * @param accepted violations that are accepted, by name
 */
public record RestartPlan(String cluster, List<Turn> restarts, List<String> accepted) {

    /**
     * One service's turn.
     *
     * @param hosts as they come, those of one list side by side
     * @param notes how it is done
     */
    public record Turn(
            String service, List<List<String>> hosts, List<Running> processes, List<String> notes) {

        public Turn {
            hosts = hosts.stream().map(List::copyOf).toList();
            processes = List.copyOf(processes);
            notes = List.copyOf(notes);
        }
    }

    /**
     * A container's process.
     *
     * @param started as its host says, ISO 8601
     */
    public record Running(String host, String container, String started) {}

    public RestartPlan {
        restarts = List.copyOf(restarts);
        accepted = List.copyOf(accepted);
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
        return restarts.stream().map(Turn::service).toList();
    }

    /** What the plan of a run asks for; nothing when it is another runbook's plan. */
    public static Restarts asked(Optional<String> json) {
        return json.flatMap(j -> Canonical.parse(j, RestartPlan.class))
                .map(RestartPlan::asked)
                .orElse(Restarts.NONE);
    }

    private Restarts asked() {
        Map<String, Map<String, Instant>> started = new HashMap<>();
        for (Turn turn : restarts) {
            for (Running process : turn.processes()) {
                started.computeIfAbsent(process.host(), h -> new HashMap<>())
                        .put(process.container(), Instant.parse(process.started()));
            }
        }
        return new Restarts(started);
    }
}
