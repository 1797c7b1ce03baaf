package kolla.runbooks.preflight;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;

/** Reads the facts of one host: one script for all but what its engine tells. Changes nothing. */
public final class HostFactsReader {

    /**
     * Arguments: the VIP, then every host name of the cluster. One fact a line, fields by spaces.
     */
    private static final String SCRIPT =
            """
            vip=$1; shift
            printf 'epoch %s\\n' "$(date +%s.%N)"
            for path in /var/lib/docker /etc; do
              printf 'free %s %s\\n' "$path" "$(df -PB1 "$path" | awk 'NR==2 {print $4}')"
            done
            ss -Hltn | awk '{print "listen " $4}'
            ip -o addr show | awk '{split($4, a, "/"); print "address " a[1]}'
            for name in "$@"; do
              printf 'name %s %s\\n' "$name" "$(getent ahostsv4 "$name" | awk 'NR==1 {print $1}')"
            done
            ping -c 1 -W 1 "$vip" > /dev/null 2>&1 && echo vip-answers
            exit 0
            """;

    private final InstantSource clock;

    public HostFactsReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param names of the cluster's hosts
     */
    public HostFacts read(
            HostConnection connection, ContainerEngine engine, String vip, List<String> names) {
        List<String> arguments = new ArrayList<>();
        arguments.add(vip);
        arguments.addAll(names);
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
        Lines lines = new Lines(result.out(), asked, answered);
        return new HostFacts(
                lines.offset,
                lines.free,
                lines.listening,
                lines.addresses,
                lines.names,
                version(engine),
                running(engine),
                lines.vipAnswers);
    }

    private static Optional<String> version(ContainerEngine engine) {
        try {
            return Optional.of(engine.info().version());
        } catch (RunbookFailure e) {
            return Optional.empty();
        }
    }

    private static Set<String> running(ContainerEngine engine) {
        try {
            return engine.list().stream()
                    .filter(ContainerState::running)
                    .map(ContainerState::name)
                    .collect(Collectors.toSet());
        } catch (RunbookFailure e) {
            return Set.of();
        }
    }

    /** The script's output, taken apart. Lines that are not understood are left out. */
    private static final class Lines {
        private Duration offset = Duration.ZERO;
        private final Map<String, Long> free = new LinkedHashMap<>();
        private final Map<Integer, Set<String>> listening = new HashMap<>();
        private final Set<String> addresses = new LinkedHashSet<>();
        private final Map<String, Optional<String>> names = new LinkedHashMap<>();
        private boolean vipAnswers;

        Lines(String output, Instant asked, Instant answered) {
            for (String line : output.split("\n")) {
                String[] field = line.split(" ");
                switch (field[0]) {
                    case "epoch" -> offset = offset(field[1], asked, answered);
                    case "free" -> free.put(field[1], Long.parseLong(field[2]));
                    case "listen" -> listen(field[1]);
                    case "address" -> addresses.add(field[1]);
                    case "name" ->
                            names.put(
                                    field[1],
                                    field.length > 2 ? Optional.of(field[2]) : Optional.empty());
                    case "vip-answers" -> vipAnswers = true;
                    default -> {}
                }
            }
        }

        /** Zero inside the time that the question took: the truth is not known more exactly. */
        private static Duration offset(String epoch, Instant asked, Instant answered) {
            String[] parts = epoch.split("\\.");
            Instant there =
                    Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            if (there.isBefore(asked)) {
                return Duration.between(asked, there);
            }
            return there.isAfter(answered) ? Duration.between(answered, there) : Duration.ZERO;
        }

        private void listen(String endpoint) {
            int colon = endpoint.lastIndexOf(':');
            String address = endpoint.substring(0, colon).replaceAll("%.*|[\\[\\]]", "");
            listening
                    .computeIfAbsent(
                            Integer.parseInt(endpoint.substring(colon + 1)), p -> new HashSet<>())
                    .add(address.equals("0.0.0.0") || address.equals("::") ? "*" : address);
        }
    }
}
