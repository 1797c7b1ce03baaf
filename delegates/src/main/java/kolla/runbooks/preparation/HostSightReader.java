package kolla.runbooks.preparation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;

/** Looks at one host, bare or not: one script, and its engine where one answers. */
final class HostSightReader {

    /**
     * Arguments: programs, {@code --}, names, {@code --}, kernel settings. A fact a line: its kind,
     * a key where there are several, and the value in Base64. Uses nothing that a bare host lacks.
     */
    private static final String SCRIPT =
            """
            LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            export LC_ALL PATH
            say() { printf '%s %s %s\\n' "$1" "$2" "$(printf '%s' "$3" | base64 | tr -d '\\n')"; }
            file() { if [ -f "$2" ]; then
              printf '%s - %s\\n' "$1" "$(base64 <"$2" | tr -d '\\n')"; fi; }
            say epoch - "$(date +%s.%N)"
            say uid - "$(id -u)"
            ID='' VERSION_ID='' PRETTY_NAME=''
            if [ -f /etc/os-release ]; then . /etc/os-release; fi
            say system - "$ID"; say release - "$VERSION_ID"; say title - "$PRETTY_NAME"
            while [ "$1" != -- ]; do
              if command -v "$1" >/dev/null; then say program "$1" yes; fi; shift
            done; shift
            while [ "$1" != -- ]; do
              say name "$1" "$(getent ahostsv4 "$1" | while read -r a rest; do echo "$a"; break; done)"
              shift
            done; shift
            for key in "$@"; do
              path=/proc/sys/$(printf '%s' "$key" | tr . /)
              if [ -r "$path" ]; then say kernel "$key" "$(cat "$path")"; fi
            done
            if [ -n "$(dpkg --audit 2>/dev/null)" ]; then say halfdone - yes; fi
            if [ -d /run/systemd/system ]; then
              say systemd - yes; say starts - "$(systemctl is-enabled docker 2>/dev/null)"
              if systemctl is-active -q firewalld; then say firewall - 'firewalld is active'; fi
            fi
            if [ -S /run/docker.sock ] || [ -S /var/run/docker.sock ]; then say socket - yes; fi
            file daemon /etc/docker/daemon.json
            file hosts /etc/hosts
            file kernelfile "$(printf '%s' /etc/sysctl.d/60-kolla-runbooks.conf)"
            cat /proc/[0-9]*/comm 2>/dev/null |
              grep -xE 'chronyd|ntpd|ntpsec|systemd-timesyn|phc2sys|timemaster' | sort -u |
              while read -r name; do say time - "$name"; done
            case "$(ufw status 2>/dev/null)" in
              'Status: active'*) say firewall - 'ufw is active' ;; esac
            case "$(iptables -w 5 -S INPUT 2>/dev/null)" in
              '-P INPUT DROP'*) say firewall - 'iptables drops what no rule lets in' ;; esac
            if nft list chains 2>/dev/null | grep -q 'hook input.*policy drop'; then
              say firewall - 'nftables drops what no rule lets in'
            fi
            for path in /var/lib/docker /etc; do
              there=$path
              while [ ! -e "$there" ]; do there=$(dirname "$there"); done
              say free "$path" "$(df -PB1 "$there" | tail -n 1 | (read -r a b c free e; echo "$free"))"
            done
            exit 0
            """;

    private final InstantSource clock;

    HostSightReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param engine empty where nobody asks about it
     * @param names of the cluster's hosts
     * @param settings of the kernel, by key
     */
    HostSight read(
            HostConnection connection,
            Optional<ContainerEngine> engine,
            Collection<String> names,
            Collection<String> settings) {
        List<String> arguments = new ArrayList<>(Distribution.lookedFor());
        arguments.add("--");
        arguments.addAll(names);
        arguments.add("--");
        arguments.addAll(settings);
        // the connection is opened first, so that it does not count as the clock's error
        connection.run(Command.of("true"));
        Instant asked = clock.instant();
        CommandResult result =
                connection.run(Command.script(SCRIPT, arguments.toArray(String[]::new)));
        Instant answered = clock.instant();
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-HOST-007",
                    connection.host().name(),
                    "the host's facts could not be read (exit " + result.exit() + ")",
                    result.err());
        }
        Facts facts = new Facts(result.out());
        return new HostSight(
                connection.host().name(),
                facts.one("system"),
                facts.one("release"),
                facts.one("title"),
                facts.one("uid").equals("0"),
                facts.many("program").keySet(),
                facts.has("halfdone"),
                facts.has("systemd"),
                facts.optional("starts").map(String::strip).filter(s -> !s.isEmpty()),
                facts.has("socket") ? engine.flatMap(HostSightReader::ask) : Optional.empty(),
                facts.optional("daemon"),
                facts.one("hosts"),
                facts.many("name"),
                facts.many("kernel"),
                facts.optional("kernelfile"),
                offset(facts.one("epoch"), asked, answered),
                facts.all("time"),
                facts.all("firewall"),
                free(facts.many("free")));
    }

    private static Optional<HostSight.Engine> ask(ContainerEngine engine) {
        try {
            ContainerEngine.Info info = engine.info();
            return Optional.of(new HostSight.Engine(info.version(), info.insecure()));
        } catch (RunbookFailure e) {
            return Optional.empty();
        }
    }

    /** Zero inside the time that the question took: the truth is not known more exactly. */
    private static Duration offset(String epoch, Instant asked, Instant answered) {
        String[] parts = epoch.split("\\.");
        Instant there = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        if (there.isBefore(asked)) {
            return Duration.between(asked, there);
        }
        return there.isAfter(answered) ? Duration.between(answered, there) : Duration.ZERO;
    }

    private static Map<String, Long> free(Map<String, String> texts) {
        Map<String, Long> free = new LinkedHashMap<>();
        texts.forEach((path, bytes) -> free.put(path, Long.parseLong(bytes)));
        return free;
    }

    /** The script's output, taken apart; empty values of keys are left out. */
    private static final class Facts {
        private final Map<String, Map<String, String>> byKind = new LinkedHashMap<>();
        private final Map<String, Set<String>> lists = new LinkedHashMap<>();

        Facts(String output) {
            for (String line : output.split("\n")) {
                String[] field = line.split(" ", 3);
                if (field.length == 3) {
                    String value =
                            new String(
                                    Base64.getDecoder().decode(field[2].strip()),
                                    StandardCharsets.UTF_8);
                    byKind.computeIfAbsent(field[0], k -> new LinkedHashMap<>())
                            .put(field[1], value);
                    lists.computeIfAbsent(field[0], k -> new LinkedHashSet<>()).add(value);
                }
            }
        }

        boolean has(String kind) {
            return byKind.containsKey(kind);
        }

        Optional<String> optional(String kind) {
            return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get("-"));
        }

        String one(String kind) {
            return optional(kind).orElse("");
        }

        Map<String, String> many(String kind) {
            Map<String, String> values = new LinkedHashMap<>(byKind.getOrDefault(kind, Map.of()));
            values.values().removeIf(String::isEmpty);
            return values;
        }

        List<String> all(String kind) {
            return List.copyOf(lists.getOrDefault(kind, Set.of()));
        }
    }
}
