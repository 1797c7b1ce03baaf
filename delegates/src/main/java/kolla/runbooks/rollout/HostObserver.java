package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;

/**
 * Reads what is on a host: the files in one round trip, the containers and images from its engine.
 * Changes nothing.
 */
final class HostObserver {

    /** Where it is noted which configuration a container took over; not mounted into containers. */
    static final String NOTES = "/etc/kolla/.runbooks";

    /**
     * Prints {@code file <sha256> <mode> <owner:group> <path>} for each path on standard input that
     * exists, and {@code taken <container> <digest>} for each note.
     */
    private static final String SCRIPT =
            """
            notes=$1; shift
            for path in "$@"; do
              [ -f "$path" ] || continue
              sum=$(sha256sum < "$path") || exit 1
              printf 'file %s %s %s\\n' "${sum%% *}" "$(stat -c '%a %U:%G' "$path")" "$path"
            done
            for note in "$notes"/*; do
              [ -f "$note" ] && printf 'taken %s %s\\n' "${note##*/}" "$(cat "$note")"
            done
            exit 0
            """;

    private HostObserver() {}

    static HostObservation observe(
            HostConnection connection, ContainerEngine engine, List<DesiredContainer> desired) {
        Map<String, ContainerState> containers = new HashMap<>();
        for (ContainerState state : engine.list()) {
            containers.put(state.name(), state);
        }
        Map<String, String> images = new HashMap<>();
        for (DesiredContainer container : desired) {
            String reference = container.spec().image();
            if (!images.containsKey(reference)) {
                engine.imageId(reference).ifPresent(id -> images.put(reference, id));
            }
        }
        return withFiles(connection, desired, containers, images);
    }

    private static HostObservation withFiles(
            HostConnection connection,
            List<DesiredContainer> desired,
            Map<String, ContainerState> containers,
            Map<String, String> images) {
        List<String> arguments = new ArrayList<>();
        arguments.add(NOTES);
        desired.stream()
                .flatMap(c -> c.files().stream())
                .map(DesiredFile::path)
                .forEach(arguments::add);
        CommandResult result =
                connection.run(Command.script(SCRIPT, arguments.toArray(String[]::new)));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-HOST-007",
                    connection.host().name(),
                    "the configuration files below /etc/kolla could not be read (exit "
                            + result.exit()
                            + ")",
                    result.err());
        }
        Map<String, ObservedFile> files = new HashMap<>();
        Map<String, String> taken = new HashMap<>();
        for (String line : result.out().split("\n")) {
            parse(line, files, taken);
        }
        return new HostObservation(files, taken, containers, images);
    }

    private static void parse(
            String line, Map<String, ObservedFile> files, Map<String, String> taken) {
        String[] fields = line.split(" ", 5);
        if (fields.length == 5 && fields[0].equals("file")) {
            files.put(
                    fields[4],
                    new ObservedFile(
                            fields[4], fields[1], Integer.parseInt(fields[2], 8), fields[3]));
        } else if (fields.length == 3 && fields[0].equals("taken")) {
            taken.put(fields[1], fields[2]);
        }
    }

    /** The text of a file on a host, for a diff; empty when it is not there. */
    static Optional<String> content(HostConnection connection, String path) {
        CommandResult result = connection.run(Command.of("cat", "--", path));
        return result.ok() ? Optional.of(result.out()) : Optional.empty();
    }
}
