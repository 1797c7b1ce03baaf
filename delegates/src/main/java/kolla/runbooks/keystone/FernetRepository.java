package kolla.runbooks.keystone;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The folders with the fernet keys, one a host: reading their digests, making keys, copying them.
 * Keys pass through memory and the encrypted connections only; the journal sees their names.
 */
final class FernetRepository {

    static final String CONTAINER = "keystone";

    /** Kolla's fixed ids of the account keystone. */
    static final String OWNER = "42425:42425";

    static final int MODE = 0600;
    private static final String TARGET = "/etc/keystone/fernet-keys";

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Prints {@code key <name> <sha256> <mode> <uid:gid> <changed> <now>} for each key in a folder,
     * the times in seconds since 1970 by the host's clock.
     */
    private static final String SCRIPT =
            """
            [ -n "$1" ] || exit 0
            cd "$1" || exit 1
            for key in *; do
              case "$key" in ''|*[!0-9]*) continue;; esac
              sum=$(sha256sum < "$key") || exit 1
              printf 'key %s %s %s %s\\n' "$key" "${sum%% *}" "$(stat -c '%a %u:%g %Z' "$key")" \
                "$(date +%s)"
            done
            exit 0
            """;

    private FernetRepository() {}

    static List<FernetKeys> observe(RolloutContext context) {
        return context.look(h -> read(context, h), FernetKeys.Unread::new);
    }

    private static FernetKeys read(RolloutContext context, Host host) {
        String folder = folder(context, host).orElse("");
        CommandResult result = context.connection(host).run(Command.script(SCRIPT, folder));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    FernetDecisions.UNREAD,
                    host.name(),
                    "its fernet keys could not be listed (exit " + result.exit() + ")",
                    result.err());
        }
        Map<String, String> digests = new TreeMap<>();
        Set<String> exposed = new TreeSet<>();
        Map<String, Instant> since = new TreeMap<>();
        Instant now = Instant.EPOCH;
        for (String line : result.out().split("\n")) {
            String[] fields = line.strip().split(" ");
            if (fields.length == 7 && fields[0].equals("key")) {
                digests.put(fields[1], fields[2]);
                since.put(fields[1], Instant.ofEpochSecond(Long.parseLong(fields[5])));
                now = Instant.ofEpochSecond(Long.parseLong(fields[6]));
                if (!fields[3].equals(Integer.toOctalString(MODE)) || !fields[4].equals(OWNER)) {
                    exposed.add(fields[1]);
                }
            }
        }
        return new FernetKeys.Read(host.name(), digests, exposed, since, now);
    }

    /** Does what was decided. Key 0 comes last: Keystone starts when it is there. */
    static void fill(RolloutContext context, FernetDecision.Fill fill) {
        Map<String, String> contents = new TreeMap<>();
        for (String name : fill.generate()) {
            contents.put(name, newKey());
        }
        for (Host host : context.service().hosts()) {
            Set<String> lacking = fill.missing().getOrDefault(host.name(), Set.of());
            for (String name : lacking) {
                contents.computeIfAbsent(name, n -> content(context, fill.source().get(n), n));
            }
            if (!lacking.isEmpty()) {
                put(context, host, lacking, contents);
            }
            Set<String> exposed = fill.exposed().getOrDefault(host.name(), Set.of());
            if (!exposed.isEmpty()) {
                protect(context, host, exposed);
            }
        }
    }

    private static void put(
            RolloutContext context, Host host, Set<String> names, Map<String, String> contents) {
        context.journal()
                .perform(
                        host.name(),
                        "put fernet keys",
                        "keys " + names + ", the same on every host",
                        () -> {
                            madeFolder(context, host);
                            List<String> order = new ArrayList<>(names);
                            if (order.remove("0")) {
                                order.add("0");
                            }
                            for (String name : order) {
                                LiveKeys.lay(context, host, name, contents.get(name));
                            }
                            return "written and synced";
                        });
    }

    private static void protect(RolloutContext context, Host host, Set<String> names) {
        context.journal()
                .perform(
                        host.name(),
                        "protect fernet keys",
                        "keys " + names + " belong to Keystone alone",
                        () -> {
                            String folder = madeFolder(context, host);
                            List<String> paths = names.stream().map(n -> folder + "/" + n).toList();
                            run(context, host, with(List.of("chown", OWNER, "--"), paths));
                            run(context, host, with(List.of("chmod", "0600", "--"), paths));
                            return "protected";
                        });
    }

    private static String[] with(List<String> command, List<String> paths) {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(paths);
        return argv.toArray(String[]::new);
    }

    /** The folder of the volume; a volume that is not there yet is made as Docker would make it. */
    private static String madeFolder(RolloutContext context, Host host) {
        Optional<String> folder = folder(context, host);
        if (folder.isEmpty()) {
            ContainerEngine engine = context.engine(host);
            String name = "keystone_volume";
            engine.remove(name);
            engine.create(container(context, host).spec().asJob(name, new TreeMap<>()));
            engine.remove(name);
            folder = folder(context, host);
        }
        String path =
                folder.orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the engine made no volume for fernet keys"));
        run(context, host, "chown", OWNER, "--", path);
        run(context, host, "chmod", "0770", "--", path);
        return path;
    }

    static String content(RolloutContext context, String source, String name) {
        Host host =
                context.service().hosts().stream()
                        .filter(h -> h.name().equals(source))
                        .findFirst()
                        .orElseThrow();
        String folder = folder(context, host).orElseThrow();
        return run(context, host, "cat", "--", folder + "/" + name);
    }

    static String run(RolloutContext context, Host host, String... argv) {
        CommandResult result = context.connection(host).run(Command.of(argv));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-KEYSTONE-002",
                    host.name(),
                    argv[0] + " on the fernet keys ended with " + result.exit() + " instead of 0",
                    result.err());
        }
        return result.out();
    }

    static Optional<String> folder(RolloutContext context, Host host) {
        return context.engine(host).volumePath(container(context, host).volumeAt(TARGET));
    }

    static DesiredContainer container(RolloutContext context, Host host) {
        return context.service()
                .container(host, CONTAINER)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "service.yml of keystone has no container keystone"));
    }

    /** A fernet key: 32 random bytes in the alphabet of URLs. */
    static String newKey() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
