package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostChange.Departure;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Inventories of any shape, changes of any kind: groups that are not concerned and hosts that stay
 * never change, comments stay, and a change that is applied twice is applied once.
 */
class ChangePropertiesTest {

    private static final List<String> HOSTS = List.of("c1", "c2", "c3", "c4", "x", "y");
    private static final List<String> OWN = List.of("a", "b", "c", "d");
    private static final List<String> PARENTS = List.of("p", "q", "r", "s");

    @Property(tries = 100)
    void aHostThatLeavesOrJoinsTheInventoryMovesNobodyElse(@ForAll Random random)
            throws IOException {
        inFolder(
                definition -> {
                    String text = inventory(random);
                    Inventory before = definition.file("multinode", text).read().inventory();
                    if (before.hosts().size() < 2) {
                        return;
                    }
                    String gone = any(random, before.hosts()).name();
                    String like = any(random, before.hosts()).name();
                    HostChange change =
                            new HostChange(
                                    random.nextBoolean()
                                            ? List.of(new Departure(gone, Set.of()))
                                            : List.of(),
                                    random.nextInt(4) > 0
                                            ? List.of(arrival("new", like, Set.of()))
                                            : List.of());
                    Inventory after = applied(definition, text, change).orElseThrow();
                    Set<String> out = change.leaving().isEmpty() ? Set.of() : Set.of(gone);
                    for (String group : before.groups().keySet()) {
                        List<String> right = new ArrayList<>(names(before, group));
                        boolean joins =
                                !change.joining().isEmpty() && names(before, group).contains(like);
                        right.removeAll(out);
                        List<String> now = new ArrayList<>(names(after, group));
                        assertThat(now.remove("new")).as(group).isEqualTo(joins);
                        if (!group.equals("all")) {
                            assertThat(now).as(group).isEqualTo(right);
                        }
                    }
                });
    }

    @Property(tries = 200)
    void whatIsNotRefusedMovesWhomItShouldAndNobodyElse(@ForAll Random random) throws IOException {
        inFolder(
                definition -> {
                    String text = inventory(random);
                    Inventory before = definition.file("multinode", text).read().inventory();
                    List<Departure> leaving = new ArrayList<>();
                    for (Host host : before.hosts()) {
                        Set<String> groups =
                                before.groups().keySet().stream()
                                        .filter(g -> !Set.of("all", "ungrouped").contains(g))
                                        .filter(g -> random.nextInt(6) == 0)
                                        .collect(Collectors.toSet());
                        if (!groups.isEmpty() && random.nextInt(3) == 0) {
                            leaving.add(new Departure(host.name(), groups));
                        }
                    }
                    List<Arrival> joining =
                            random.nextBoolean()
                                    ? List.of(
                                            arrival(
                                                    any(random, List.of("new", "c1", "y")),
                                                    "",
                                                    Set.of(any(random, PARENTS))))
                                    : List.of();
                    HostChange change = new HostChange(leaving, joining);
                    Optional<Inventory> after = applied(definition, text, change);
                    after.ifPresent(a -> nobodyElseMoved(before, a, change));
                });
    }

    private static void nobodyElseMoved(Inventory before, Inventory after, HostChange change) {
        Set<String> movers = new LinkedHashSet<>();
        change.leaving().forEach(d -> movers.add(d.host()));
        change.joining().forEach(a -> movers.add(a.host()));
        for (String group : before.groups().keySet()) {
            List<String> was = new ArrayList<>(names(before, group));
            List<String> is = new ArrayList<>(names(after, group));
            change.leaving().stream()
                    .filter(d -> d.groups().contains(group))
                    .forEach(d -> assertThat(is).as(group).doesNotContain(d.host()));
            change.joining().stream()
                    .filter(a -> a.groups().contains(group))
                    .forEach(a -> assertThat(is).as(group).contains(a.host()));
            was.removeAll(movers);
            is.removeAll(movers);
            if (!Set.of("all", "ungrouped").contains(group)) {
                assertThat(is).as(group).isEqualTo(was);
            }
        }
        for (Host host : before.hosts()) {
            if (!movers.contains(host.name())) {
                assertThat(after.host(host.name()).variables()).isEqualTo(host.variables());
                assertThat(after.host(host.name()).login()).isEqualTo(host.login());
            }
        }
    }

    /** The inventory after the change; empty when it is refused, with the code of that. */
    private static Optional<Inventory> applied(
            Definition definition, String text, HostChange change) {
        InventoryEdit edit;
        try {
            edit = definition.clusters().edit("lab", change);
        } catch (RunbookFailure refused) {
            assertThat(refused.code()).isEqualTo("KR-MEMBERS-001");
            return Optional.empty();
        }
        String after =
                edit.files().values().stream()
                        .map(InventoryEdit.FileEdit::after)
                        .findFirst()
                        .orElse(text);
        assertThat(comments(after)).isEqualTo(comments(text));
        Inventory read = definition.file("multinode", after).read().inventory();
        InventoryEdit twice = definition.clusters().edit("lab", change);
        assertThat(twice.files()).as("applied twice").isEmpty();
        return Optional.of(read);
    }

    private static List<String> comments(String text) {
        return text.lines().filter(l -> l.startsWith("#")).toList();
    }

    private static List<String> names(Inventory inventory, String group) {
        return inventory.groups().getOrDefault(group, List.of());
    }

    private static Arrival arrival(String host, String like, Set<String> groups) {
        return new Arrival(
                host, Optional.empty(), Optional.of(like).filter(l -> !l.isEmpty()), groups);
    }

    private static String inventory(Random random) {
        List<String> lines = new ArrayList<>(List.of("# of the test", "x" + variable(random)));
        List<String> sections = new ArrayList<>();
        for (String group : OWN) {
            sections.add("[" + group + "]\n# hosts of " + group + hosts(random));
        }
        for (int i = 0; i < PARENTS.size(); i++) {
            StringBuilder section = new StringBuilder("[" + PARENTS.get(i) + ":children]");
            Stream.concat(OWN.stream(), PARENTS.stream().limit(i))
                    .filter(g -> random.nextInt(3) == 0)
                    .forEach(g -> section.append("\n").append(g).append("\n# behind ").append(g));
            sections.add(section.toString());
            if (random.nextInt(3) == 0) {
                sections.add("[" + PARENTS.get(i) + "]" + hosts(random));
            }
            if (random.nextInt(3) == 0) {
                sections.add("[" + PARENTS.get(i) + ":vars]\nv=" + random.nextInt(3));
            }
        }
        java.util.Collections.shuffle(sections, random);
        lines.addAll(sections);
        String eol = random.nextBoolean() ? "\n" : "\r\n";
        String text = String.join("\n", lines).replace("\n", eol);
        return random.nextBoolean() ? text : text + eol;
    }

    private static String hosts(Random random) {
        StringBuilder hosts = new StringBuilder();
        for (String host : HOSTS) {
            if (random.nextInt(3) == 0) {
                hosts.append("\n").append(host).append(variable(random));
            }
        }
        if (random.nextInt(3) == 0) {
            int from = 1 + random.nextInt(3);
            int to = from + random.nextInt(5 - from);
            hosts.append("\nc[" + from + ":" + to + "]").append(variable(random));
        }
        return hosts.toString();
    }

    private static String variable(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "  w=" + random.nextInt(3) + " # why";
            case 1 -> " ansible_user='u " + random.nextInt(2) + "'";
            default -> "";
        };
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private interface Trial {
        void of(Definition definition);
    }

    private static void inFolder(Trial trial) throws IOException {
        Path folder = Files.createTempDirectory("members");
        try {
            trial.of(new Definition(folder));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
