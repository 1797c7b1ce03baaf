package kolla.runbooks.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code rabbitmqctl cluster_status --formatter json} says on one broker.
 *
 * @param members Erlang names of all nodes that the cluster knows, running or not
 * @param running of those that run, as this broker sees them
 * @param partitions in words, one each; empty when there is none
 * @param alarms in words, one each
 * @param maintenance the nodes that are drained
 */
public record ClusterStatus(
        Set<String> members,
        Set<String> running,
        List<String> partitions,
        List<String> alarms,
        Set<String> maintenance) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ClusterStatus {
        members = Set.copyOf(members);
        running = Set.copyOf(running);
        partitions = List.copyOf(partitions);
        alarms = List.copyOf(alarms);
        maintenance = Set.copyOf(maintenance);
    }

    /** Empty when the text is no cluster status. */
    static Optional<ClusterStatus> parse(String text) {
        // warnings of the command line tool may stand before the object
        int start = text.indexOf('{');
        if (start < 0) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text.substring(start));
            if (!json.has("running_nodes")) {
                return Optional.empty();
            }
            Set<String> members = texts(json.path("disk_nodes"));
            members.addAll(texts(json.path("ram_nodes")));
            return Optional.of(
                    new ClusterStatus(
                            members,
                            texts(json.path("running_nodes")),
                            partitions(json.path("partitions")),
                            alarms(json.path("alarms")),
                            drained(json.path("maintenance_status"))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> all = new TreeSet<>();
        array.forEach(n -> all.add(n.asText()));
        return all;
    }

    private static List<String> partitions(JsonNode map) {
        List<String> all = new ArrayList<>();
        map.properties()
                .forEach(
                        e -> {
                            Set<String> away = texts(e.getValue());
                            if (!away.isEmpty()) {
                                all.add(e.getKey() + " is cut off from " + String.join(", ", away));
                            }
                        });
        return all;
    }

    private static List<String> alarms(JsonNode array) {
        List<String> all = new ArrayList<>();
        for (JsonNode alarm : array) {
            String words =
                    alarm.isTextual()
                            ? alarm.asText()
                            : alarm.path("resource").asText(alarm.path("type").asText("alarm"))
                                    + " on "
                                    + alarm.path("node").asText("?");
            all.add(words);
        }
        return all;
    }

    private static Set<String> drained(JsonNode map) {
        Set<String> all = new TreeSet<>();
        map.properties()
                .forEach(
                        e -> {
                            String status = e.getValue().asText();
                            if (status.contains("maintenance") && !status.startsWith("not")) {
                                all.add(e.getKey());
                            }
                        });
        return all;
    }
}
