package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import kolla.runbooks.inventory.Resolution.Failed;
import kolla.runbooks.inventory.Resolution.Open;
import kolla.runbooks.inventory.Resolution.Outcome;
import kolla.runbooks.inventory.Resolution.Tracker;
import kolla.runbooks.inventory.Resolution.Value;

/**
 * Evaluates what was read and makes the hosts. The globals are evaluated once where they are the
 * same for all hosts, and once a host where they ask for the host's own variables; those become
 * variables of the host.
 */
final class HostsReader {

    /** What every host has without being told. */
    private static final Set<String> MAGIC =
            Set.of("inventory_hostname", "inventory_hostname_short", "group_names", "ansible_host");

    private final Path folder;
    private final InventoryVariables inventory;
    private final Map<String, Sited> globals;
    private final List<Gap> gaps;
    private final Map<String, Map<String, Sited>> own = new LinkedHashMap<>();
    private final Map<String, Object> hostvars = new LinkedHashMap<>();
    private final Map<String, Resolution> resolutions = new LinkedHashMap<>();
    private final Resolution shared;
    private final Map<Gap, Set<String>> failures = new LinkedHashMap<>();
    private final Set<Place> holdSomewhere = new LinkedHashSet<>();

    private record Place(String name, Path file, int line) {
        static Place of(String name, Sited sited) {
            return new Place(name, sited.file(), sited.line());
        }
    }

    HostsReader(
            Path folder,
            InventoryDraft draft,
            InventoryVariables inventory,
            Map<String, Sited> globals,
            Expressions expressions,
            Predicate<String> broughtLater,
            List<Gap> gaps) {
        this.folder = folder;
        this.inventory = inventory;
        this.globals = globals;
        this.gaps = gaps;
        Map<String, Object> groups = new LinkedHashMap<>();
        draft.groups().keySet().forEach(g -> groups.put(g, inventory.hostsOf(g)));
        Tracker tracker = new Tracker();
        Map<String, Object> everywhere = Map.of("groups", groups, "hostvars", hostvars);
        Set<String> perHost = new LinkedHashSet<>(MAGIC);
        for (String host : draft.hosts().keySet()) {
            Map<String, Sited> variables = inventory.of(host);
            own.put(host, variables);
            perHost.addAll(variables.keySet());
            Map<String, Sited> raw = new LinkedHashMap<>(variables);
            raw.putAll(globals);
            Map<String, Object> fixed = new LinkedHashMap<>(everywhere);
            fixed.putAll(magic(host, raw));
            Resolution resolution =
                    new Resolution(expressions, tracker, raw, fixed, Set.of(), broughtLater);
            resolutions.put(host, resolution);
            hostvars.put(host, new ScopeMap(resolution));
        }
        shared = new Resolution(expressions, tracker, globals, everywhere, perHost, broughtLater);
    }

    private Map<String, Object> magic(String host, Map<String, Sited> raw) {
        Map<String, Object> magic = new LinkedHashMap<>();
        magic.put("inventory_hostname", host);
        magic.put("inventory_hostname_short", host.split("\\.")[0]);
        magic.put(
                "group_names",
                inventory.groupsOf(host).stream()
                        .filter(g -> !g.equals(InventoryDraft.ALL))
                        .sorted()
                        .toList());
        if (!raw.containsKey("ansible_host")) {
            magic.put("ansible_host", host);
        }
        return magic;
    }

    /** The globals that are the same for all hosts. */
    Variables globals() {
        Map<String, Object> values = new LinkedHashMap<>();
        globals.forEach(
                (name, sited) -> {
                    Outcome outcome = shared.outcome(name);
                    if (outcome instanceof Value value) {
                        values.put(name, value.value());
                    } else if (outcome instanceof Failed failed) {
                        gaps.addAll(gaps(name, sited, failed));
                    } else if (!((Open) outcome).perHost()) {
                        values.put(name, sited.value());
                    }
                });
        return new Variables(values);
    }

    private boolean isPerHost(String global) {
        return shared.outcome(global) instanceof Open open && open.perHost();
    }

    /** The hosts that are reached by SSH, each with its login and its evaluated variables. */
    List<Host> hosts(Variables globals) {
        List<String> names = own.keySet().stream().filter(this::isReachedBySsh).toList();
        Map<String, Variables> variables = new LinkedHashMap<>();
        names.forEach(h -> variables.put(h, variables(h)));
        failures.forEach((gap, where) -> report(gap, where, names));
        List<Host> hosts = new ArrayList<>();
        for (String name : names) {
            Map<String, Sited> places = new LinkedHashMap<>(own.get(name));
            places.putAll(this.globals);
            Variables all = variables.get(name).overlaidBy(globals);
            Login login = new LoginReader(folder, name, all, places, gaps).read();
            hosts.add(new Host(name, login, variables.get(name)));
        }
        return hosts;
    }

    private void report(Gap gap, Set<String> where, List<String> names) {
        String on = where.size() == names.size() ? "" : " (on " + String.join(", ", where) + ")";
        gaps.add(new Gap(gap.file(), gap.line(), gap.what() + on));
    }

    private Variables variables(String host) {
        Map<String, Sited> wanted = new LinkedHashMap<>();
        own.get(host)
                .forEach(
                        (name, sited) -> {
                            if (!globals.containsKey(name)) {
                                wanted.put(name, sited);
                            }
                        });
        globals.forEach(
                (name, sited) -> {
                    if (isPerHost(name)) {
                        wanted.put(name, sited);
                    }
                });
        Map<String, Object> values = new LinkedHashMap<>();
        wanted.forEach(
                (name, sited) -> {
                    Outcome outcome = resolutions.get(host).outcome(name);
                    if (outcome instanceof Value value) {
                        values.put(name, value.value());
                    } else if (outcome instanceof Open || holdsElsewhere(name, sited)) {
                        values.put(name, sited.value());
                    } else {
                        gaps(name, sited, (Failed) outcome)
                                .forEach(
                                        g ->
                                                failures.computeIfAbsent(
                                                                g, k -> new LinkedHashSet<>())
                                                        .add(host));
                    }
                });
        return new Variables(values);
    }

    /**
     * A variable of a group that holds on some of its hosts only is no gap by itself: nobody may
     * ever ask for it on the others. It stays an expression there, for whoever asks.
     */
    private boolean holdsElsewhere(String name, Sited sited) {
        Place place = Place.of(name, sited);
        if (!holdSomewhere.contains(place)
                && own.keySet().stream().anyMatch(h -> holdsOn(h, place))) {
            holdSomewhere.add(place);
        }
        return holdSomewhere.contains(place);
    }

    private boolean holdsOn(String host, Place place) {
        Sited here = globals.getOrDefault(place.name(), own.get(host).get(place.name()));
        return here != null
                && Place.of(place.name(), here).equals(place)
                && !(resolutions.get(host).outcome(place.name()) instanceof Failed);
    }

    private static List<Gap> gaps(String name, Sited sited, Failed failed) {
        Optional<Expression> at = Expression.first(sited.value());
        return failed.why()
                .gaps(
                        at.map(Expression::file).orElse(sited.file()),
                        at.map(Expression::line).orElse(sited.line()),
                        name);
    }

    /**
     * Kolla's inventories list the operator's own machine as {@code localhost
     * ansible_connection=local} in the group {@code deployment}. It is no host of the cluster.
     */
    private boolean isReachedBySsh(String host) {
        Resolution resolution = resolutions.get(host);
        String connection =
                resolution.names().contains("ansible_connection")
                                && resolution.outcome("ansible_connection") instanceof Value value
                        ? String.valueOf(value.value())
                        : "ssh";
        if (Set.of("ssh", "smart", "paramiko", "paramiko_ssh").contains(connection)) {
            return true;
        }
        boolean onlyDeployment = Set.of("deployment").containsAll(inventory.directGroupsOf(host));
        if (!connection.equals("local") || !onlyDeployment) {
            Sited place =
                    own.get(host)
                            .getOrDefault("ansible_connection", globals.get("ansible_connection"));
            gaps.add(
                    place.gap(
                            "host \"" + host + "\": ansible_connection",
                            "\""
                                    + connection
                                    + "\": the hosts of a cluster are reached by ssh; only a host"
                                    + " of the group deployment alone may be local"));
        }
        return false;
    }
}
