package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The clusters whose definitions lie in folders, as operators of Kolla keep them. A definition is
 * read afresh when any of its files has changed (by name, size or time), else the last reading
 * stands.
 *
 * <p>Safe for use by many threads.
 */
public final class DefinedClusters implements Clusters {

    private final Map<String, Path> folders;
    private final Predicate<String> broughtLater;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Map<Asked, Reading> readings = new ConcurrentHashMap<>();

    private record Asked(String name, Map<String, String> extra, HostChange change) {}

    private record Reading(Fingerprint of, Instant at, Cluster cluster) {}

    /**
     * @param folders the folder of each cluster, by the cluster's name
     */
    public DefinedClusters(Map<String, Path> folders) {
        this(folders, name -> true);
    }

    /**
     * @param isDefault whether the catalogue brings a variable of this name. A value that asks for
     *     such a name stays an {@link Expression} and is evaluated when the catalogue is rendered;
     *     one that asks for a name nobody knows is a gap at once
     */
    public DefinedClusters(Map<String, Path> folders, Predicate<String> isDefault) {
        this(folders, isDefault, System.getenv(), Clock.systemUTC());
    }

    DefinedClusters(
            Map<String, Path> folders,
            Predicate<String> isDefault,
            Map<String, String> environment,
            Clock clock) {
        this.folders = new TreeMap<>(folders);
        this.broughtLater = isDefault;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public List<String> names() {
        return List.copyOf(folders.keySet());
    }

    @Override
    public Cluster read(String name, Map<String, String> extra) {
        return read(name, extra, HostChange.NONE);
    }

    @Override
    public Cluster read(String name, Map<String, String> extra, HostChange change) {
        Path folder = folder(name);
        Fingerprint now = Fingerprint.of(folder, VaultPassword.file(folder, environment));
        Asked asked = new Asked(name, Map.copyOf(extra), change);
        Reading last = readings.get(asked);
        if (last != null && last.of().equals(now) && now.hadComeToRest(last.at())) {
            return last.cluster();
        }
        Instant at = clock.instant();
        Cluster cluster =
                change.isNone()
                        ? reader(name, folder, extra).read()
                        : changed(name, folder, extra, change);
        readings.put(asked, new Reading(now, at, cluster));
        return cluster;
    }

    private Cluster changed(
            String name, Path folder, Map<String, String> extra, HostChange change) {
        InventoryEdit edit = edit(name, change);
        Map<Path, String> after = new TreeMap<>();
        edit.files().forEach((file, texts) -> after.put(file, texts.after()));
        try {
            return reader(name, folder, extra).over(after).read();
        } catch (DefinitionException e) {
            // Gaps that are there anyway are told as such, by the definition itself.
            reader(name, folder, extra).read();
            throw Refusals.broken(e);
        }
    }

    @Override
    public InventoryEdit edit(String name, HostChange change) {
        Path folder = folder(name);
        return change.isNone()
                ? InventoryEdit.of(folder, Map.of(), List.of())
                : new InventoryEditing(folder, environment).edit(change);
    }

    private DefinitionReader reader(String name, Path folder, Map<String, String> extra) {
        return new DefinitionReader(name, folder, environment, broughtLater).with(extra);
    }

    private Path folder(String name) {
        Path folder = folders.get(name);
        if (folder == null) {
            throw new IllegalArgumentException(
                    "cluster: \"" + name + "\" is not known; there are " + folders.keySet());
        }
        return folder;
    }
}
