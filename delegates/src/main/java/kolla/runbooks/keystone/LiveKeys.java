package kolla.runbooks.keystone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Changes the folder with the fernet keys under a Keystone that goes on working. Keystone lists the
 * folder and opens every file in it at each request that has a token, so a key is written in a
 * folder inside, which it passes over, and comes into sight by a rename.
 */
final class LiveKeys {

    private static final String NEXT = ".next";

    /** folder, key, digest that it has to have. */
    private static final String LAY =
            """
            set -e
            cd "$1"
            sum=$(sha256sum < ".next/$2")
            [ "${sum%% *}" = "$3" ] || { echo "the key was written otherwise than sent" >&2; exit 1; }
            mv -fT -- ".next/$2" "$2"
            sync -- .
            rm -rf -- .next
            """;

    /** folder, keys. */
    private static final String REMOVE =
            """
            set -e
            cd "$1"
            shift
            rm -f -- "$@"
            sync -- .
            """;

    private LiveKeys() {}

    /** Gives a key a name, over the key that may have it. */
    static void lay(RolloutContext context, Host host, String name, String content) {
        String folder = folder(context, host);
        RemoteFile file =
                new RemoteFile(
                        folder + "/" + NEXT + "/" + name,
                        content,
                        FernetRepository.MODE,
                        FernetRepository.OWNER);
        context.connection(host).put(List.of(file));
        run(context, host, LAY, folder, name, digest(content));
    }

    static void remove(RolloutContext context, Host host, Set<String> names) {
        List<String> arguments = new ArrayList<>(List.of(folder(context, host)));
        arguments.addAll(names);
        run(context, host, REMOVE, arguments.toArray(String[]::new));
    }

    private static void run(RolloutContext context, Host host, String script, String... arguments) {
        CommandResult result = context.connection(host).run(Command.script(script, arguments));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    FernetDecisions.UNREAD,
                    host.name(),
                    "the fernet keys could not be changed (exit " + result.exit() + ")",
                    result.err());
        }
    }

    private static String folder(RolloutContext context, Host host) {
        return FernetRepository.folder(context, host)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        FernetDecisions.UNREAD,
                                        host.name(),
                                        "the volume with the fernet keys is no longer there"));
    }

    /** SHA-256 of a key's file, lower-case hex. */
    static String digest(String content) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
