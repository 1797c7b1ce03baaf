package kolla.runbooks.containers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a container was given when it was made, as opposed to what its image brings. Docker merges
 * the two and does not tell them apart afterwards: a variable that was given with the very value of
 * the image looks like the image's. So each container that is made here carries the names of what
 * it was given in a label, and reads back as exactly the spec it was made from.
 *
 * @param environment names of variables; no values, which may be secret
 * @param labels names of labels
 * @param health whether the health check was given
 */
record GivenLabel(Set<String> environment, Set<String> labels, boolean health) {

    /** On every container that is made here. */
    static final String OURS = "kolla_runbooks";

    private static final String GIVEN = "kolla_runbooks_given";

    static GivenLabel of(ContainerSpec spec) {
        return new GivenLabel(
                new TreeSet<>(spec.environment().keySet()),
                new TreeSet<>(spec.labels().keySet()),
                spec.health().isPresent());
    }

    /** All labels of a new container. */
    static Map<String, String> labelsFor(ContainerSpec spec) {
        Map<String, String> all = new LinkedHashMap<>(spec.labels());
        all.putIfAbsent(OURS, "1");
        all.put(GIVEN, of(spec).text());
        return all;
    }

    /** Empty for a container that somebody else made. */
    static Optional<GivenLabel> readFrom(InspectContainerResponse container) {
        return Optional.ofNullable(container.getConfig().getLabels())
                .map(labels -> labels.get(GIVEN))
                .map(GivenLabel::parse);
    }

    static boolean isTechnical(String label) {
        return label.equals(GIVEN);
    }

    private String text() {
        List<String> words = new ArrayList<>();
        environment.forEach(name -> words.add("env=" + name));
        labels.forEach(name -> words.add("label=" + name));
        if (health) {
            words.add("health");
        }
        return String.join(" ", words);
    }

    private static GivenLabel parse(String text) {
        Set<String> environment = new TreeSet<>();
        Set<String> labels = new TreeSet<>();
        boolean health = false;
        for (String word : text.split(" ")) {
            if (word.startsWith("env=")) {
                environment.add(word.substring("env=".length()));
            } else if (word.startsWith("label=")) {
                labels.add(word.substring("label=".length()));
            } else {
                health |= word.equals("health");
            }
        }
        return new GivenLabel(environment, labels, health);
    }
}
