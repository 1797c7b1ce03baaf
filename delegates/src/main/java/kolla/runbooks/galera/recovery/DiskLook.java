package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;

/** What lies on a host's disk, in one round trip: data directory, configuration, clock. */
record DiskLook(DataDirectory data, String configuration, long clock) {

    /** Prints one {@code key value} a line, then the configuration after a line {@code cnf}. */
    private static final String SCRIPT =
            """
            folder=$1 cnf=$2
            echo "clock $(date +%s)"
            if [ -n "$folder" ]; then
              [ -d "$folder" ] || { echo "$folder is not there" >&2; exit 1; }
              entries=$(ls -A "$folder") || exit 1
              [ -n "$entries" ] && [ "$entries" != lost+found ] && echo 'present yes'
              du -sk "$folder" 2>/dev/null | { read -r kib _ && echo "kib ${kib:-0}"; }
              df -Pk "$folder" | awk 'NR == 2 { print "freekib " $4 }'
              newest=$(cd "$folder" && stat -c %Y ib_logfile0 ibdata1 2>/dev/null | sort -n | tail -n 1)
              [ -n "$newest" ] && echo "newest $newest"
              if [ -f "$folder/grastate.dat" ]; then
                sed -n 's/^uuid:[[:space:]]*/uuid /p; s/^seqno:[[:space:]]*/seqno /p
                  s/^safe_to_bootstrap:[[:space:]]*/safe /p' "$folder/grastate.dat"
              fi
              [ -f "$folder/gvwstate.dat" ] && \
                sed -n 's/^view_id:[[:space:]]*/view /p' "$folder/gvwstate.dat"
              [ -f "$folder/../kr-branch" ] && {
                echo "branch $(head -n 1 "$folder/../kr-branch")"
                sed -n '2,$s/^/earlier /p' "$folder/../kr-branch"
              }
              # the joiner's scripts remove these when a transfer has ended well
              for mark in sst_in_progress .sst; do
                [ -e "$folder/$mark" ] && echo 'transfer broken'
              done
            fi
            if [ -f "$cnf" ]; then echo cnf; cat "$cnf"; fi
            exit 0
            """;

    /**
     * @param folder of the data; empty when the volume does not exist
     * @throws IllegalStateException when the directory could not be read
     */
    static DiskLook read(HostConnection connection, Optional<String> folder) {
        CommandResult result =
                connection.run(Command.script(SCRIPT, folder.orElse(""), GaleraCnf.PATH));
        if (!result.ok()) {
            throw new IllegalStateException(
                    "the data directory could not be read (exit "
                            + result.exit()
                            + "): "
                            + result.err().strip());
        }
        return parse(result.out());
    }

    /** Pure. */
    static DiskLook parse(String out) {
        String[] parts = ("\n" + out).split("\ncnf\n", 2);
        Map<String, String> values = new HashMap<>();
        List<String> earlier = new ArrayList<>();
        for (String line : parts[0].split("\n")) {
            String[] fields = line.strip().split(" ", 2);
            if (fields.length == 2 && fields[0].equals("earlier")) {
                earlier.add(fields[1].strip());
            } else if (fields.length == 2) {
                values.put(fields[0], fields[1].strip());
            }
        }
        long clock = number(values, "clock");
        Optional<Position> saved =
                Optional.ofNullable(values.get("uuid"))
                        .map(
                                u ->
                                        new Position(
                                                u,
                                                values.containsKey("seqno") ? signed(values) : -1));
        return new DiskLook(
                new DataDirectory(
                        values.containsKey("present"),
                        number(values, "kib") * 1024,
                        number(values, "freekib") * 1024,
                        values.containsKey("newest")
                                ? Optional.of(
                                        Duration.ofSeconds(
                                                Math.max(0, clock - number(values, "newest"))))
                                : Optional.empty(),
                        saved,
                        values.getOrDefault("safe", "0").equals("1"),
                        Optional.ofNullable(values.get("view")),
                        values.getOrDefault("branch", ""),
                        earlier,
                        values.containsKey("transfer")),
                parts.length == 2 ? parts[1] : "",
                clock);
    }

    private static long signed(Map<String, String> values) {
        String text = values.get("seqno");
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static long number(Map<String, String> values, String key) {
        String text = values.getOrDefault(key, "");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
