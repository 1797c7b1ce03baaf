package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostLine.Variable;
import kolla.runbooks.inventory.IniText.Line;

/**
 * The lines that name hosts: those who leave go from them, those who stand like another come beside
 * it, or into its place when it leaves.
 */
final class MemberLines {

    private final InventoryTexts texts;
    private final ReadInventory before;
    private final Moves moves;
    private final Map<Place, List<Newcomer>> newcomers = new LinkedHashMap<>();

    private record Place(Path file, int at) {}

    /** A line for a new host, and the host it stands like. */
    private record Newcomer(String like, String line) {}

    MemberLines(InventoryTexts texts, ReadInventory before, Moves moves) {
        this.texts = texts;
        this.before = before;
        this.moves = moves;
    }

    InventoryTexts changed() {
        moves.in().forEach(a -> a.like().ifPresent(like -> place(a, like)));
        InventoryTexts changed = texts;
        for (Map.Entry<Path, IniText> ini : texts.inis().entrySet()) {
            Path file = ini.getKey();
            changed = changed.with(file, ini.getValue().each(line -> lines(file, line)));
        }
        return changed;
    }

    private void place(Arrival arrival, String like) {
        Likeness likeness = new Likeness(before, arrival, like);
        for (String group : before.groups()) {
            if (!before.isDirect(like, group)
                    || before.isDirect(arrival.host(), group)
                    || moves.leaves(arrival.host(), group)) {
                continue;
            }
            Map<Place, HostLine> theirs = linesOf(like, group);
            if (!theirs.isEmpty()) {
                List<Place> places = List.copyOf(theirs.keySet());
                Place place =
                        moves.leaves(like, group) ? places.get(0) : places.get(places.size() - 1);
                String line = line(arrival, likeness, theirs.get(place), theirs.values());
                newcomers
                        .computeIfAbsent(place, p -> new ArrayList<>())
                        .add(new Newcomer(like, line));
            }
        }
    }

    private Map<Place, HostLine> linesOf(String host, String group) {
        Map<Place, HostLine> found = new LinkedHashMap<>();
        texts.inis()
                .forEach(
                        (file, ini) ->
                                ini.lines().stream()
                                        .filter(l -> l.isHostsOf(group))
                                        .filter(l -> l.hosts().names().contains(host))
                                        .forEach(
                                                l ->
                                                        found.put(
                                                                new Place(file, l.at()),
                                                                l.hosts())));
        return found;
    }

    /** The new host's line: the other's form, with the variables of all its lines in the group. */
    private static String line(
            Arrival arrival, Likeness likeness, HostLine form, Iterable<HostLine> theirs) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (HostLine line : theirs) {
            line.variables().forEach(v -> variables.put(v.name(), v));
        }
        List<Variable> taken = new ArrayList<>();
        for (Variable variable : variables.values()) {
            switch (likeness.of(variable.name(), variable.value())) {
                case TAKEN -> taken.add(variable);
                case ADDRESS -> likeness.address(arrival).map(variable::with).ifPresent(taken::add);
                case SAID_ALREADY, LOGIN_STAYS, THE_OTHERS_ALONE -> {
                    // The new host's line says nothing of it.
                }
            }
        }
        HostLine line = form.renamed(arrival.host(), !likeness.keepsLogin());
        return line.with(taken).withoutComment().text();
    }

    private List<String> lines(Path file, Line line) {
        if (line.kind() != IniText.Kind.HOSTS) {
            return List.of(line.body());
        }
        HostLine hosts = line.hosts();
        Set<String> gone = new LinkedHashSet<>();
        for (String host : hosts.names()) {
            if (moves.leaves(host, line.group())) {
                gone.add(host);
            }
        }
        List<Newcomer> here = newcomers.getOrDefault(new Place(file, line.at()), List.of());
        List<String> result = new ArrayList<>();
        if (gone.isEmpty()) {
            result.add(line.body());
        } else {
            result.addAll(without(hosts, gone, here));
        }
        here.stream().filter(n -> !gone.contains(n.like())).forEach(n -> result.add(n.line()));
        return result;
    }

    /** What stays of the line, in order, with those who replace the gone in their places. */
    private static List<String> without(HostLine hosts, Set<String> gone, List<Newcomer> here) {
        List<String> result = new ArrayList<>();
        boolean commented = false;
        List<String> run = new ArrayList<>();
        for (String host : hosts.names()) {
            if (!gone.contains(host)) {
                run.add(host);
                continue;
            }
            commented |= flush(hosts, run, commented, result);
            here.stream().filter(n -> n.like().equals(host)).forEach(n -> result.add(n.line()));
        }
        flush(hosts, run, commented, result);
        return result;
    }

    private static boolean flush(
            HostLine hosts, List<String> run, boolean commented, List<String> into) {
        boolean written = commented;
        for (String pattern : HostRange.written(hosts.hosts().pattern(), run)) {
            HostLine line = hosts.renamed(pattern, true);
            into.add((written ? line.withoutComment() : line).text());
            written = true;
        }
        run.clear();
        return written;
    }
}
