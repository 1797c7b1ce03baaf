package kolla.runbooks.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.Likeness.Verdict;

/** What a person should know of a change besides its text. */
final class ChangeNotes {

    private final Path folder;
    private final ReadInventory before;
    private final ReadInventory after;
    private final Moves moves;
    private final List<String> notes = new ArrayList<>();

    ChangeNotes(Path folder, ReadInventory before, ReadInventory after, Moves moves) {
        this.folder = folder;
        this.before = before;
        this.after = after;
        this.moves = moves;
    }

    List<String> notes() {
        for (String host : moves.out()) {
            for (Path file : hostVars(host)) {
                notes.add(
                        folder.relativize(file)
                                + " stays; remove it when nobody needs the variables of "
                                + host);
            }
        }
        for (String group : before.groups()) {
            boolean own = Set.of(InventoryDraft.ALL, InventoryDraft.UNGROUPED).contains(group);
            if (!own && !before.hostsOf(group).isEmpty() && after.hostsOf(group).isEmpty()) {
                notes.add("the group " + group + " has no host any more");
            }
        }
        moves.in().forEach(this::arrival);
        return notes;
    }

    private void arrival(Arrival arrival) {
        String host = arrival.host();
        for (String group : arrival.groups()) {
            List<String> hosts = after.hostsOf(group);
            boolean first = hosts.size() > 1 && hosts.get(0).equals(host);
            if (first && !before.hostsOf(group).contains(host)) {
                notes.add(
                        host
                                + " comes first in the group "
                                + group
                                + ", because a group's own hosts come before those of its"
                                + " children");
            }
        }
        arrival.like().ifPresent(like -> like(arrival, like));
    }

    private void like(Arrival arrival, String like) {
        Likeness likeness = new Likeness(before, arrival, like);
        before.own(like)
                .forEach(
                        (name, value) -> {
                            Verdict verdict = likeness.of(name, value);
                            if (verdict == Verdict.THE_OTHERS_ALONE) {
                                notes.add(
                                        name
                                                + " of "
                                                + like
                                                + " is not taken over, because its value looks"
                                                + " like this host's alone; write "
                                                + arrival.host()
                                                + "'s own where it needs one");
                            } else if (verdict == Verdict.LOGIN_STAYS) {
                                notes.add(
                                        name
                                                + " of "
                                                + like
                                                + " is not taken over: "
                                                + arrival.host()
                                                + " has a login of its own in the inventory");
                            }
                        });
        if (hostVars(arrival.host()).isEmpty()) {
            for (Path file : hostVars(like)) {
                notes.add(
                        folder.relativize(file)
                                + " has variables of "
                                + like
                                + "; "
                                + arrival.host()
                                + " has no such file: write one where it needs them");
            }
        }
    }

    /** The files and folders with variables of the host, as they are named in the folder. */
    private List<Path> hostVars(String host) {
        List<Path> found = new ArrayList<>();
        for (Path base : List.of(folder, folder.resolve("inventory"))) {
            for (String ending : VariableFolders.ENDINGS) {
                Path file = base.resolve("host_vars").resolve(host + ending);
                if (Files.exists(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
