package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the jump host out of {@code ansible_ssh_common_args}: {@code -J host}, {@code -o
 * ProxyJump=host} or the older {@code -o ProxyCommand="ssh -W %h:%p host"}. Options that only
 * concern OpenSSH's own files and multiplexing mean nothing here and are passed over; host keys are
 * always checked, whatever {@code StrictHostKeyChecking} says.
 */
final class SshArguments {

    private static final Set<String> WITHOUT_MEANING =
            Set.of(
                    "addkeystoagent",
                    "batchmode",
                    "compression",
                    "connectionattempts",
                    "connecttimeout",
                    "controlmaster",
                    "controlpath",
                    "controlpersist",
                    "forwardagent",
                    "gssapiauthentication",
                    "hashknownhosts",
                    "identitiesonly",
                    "ipqos",
                    "loglevel",
                    "passwordauthentication",
                    "preferredauthentications",
                    "pubkeyauthentication",
                    "serveralivecountmax",
                    "serveraliveinterval",
                    "stricthostkeychecking",
                    "tcpkeepalive",
                    "updatehostkeys",
                    "userknownhostsfile");
    private static final Pattern PROXY_COMMAND =
            Pattern.compile(
                    "ssh\\s+(?:-q\\s+)?(?:-p\\s*(?<p>\\d+)\\s+)?(?:-q\\s+)?-W\\s+(?:\\[%h]|%h):%p"
                        + "\\s+(?:-q\\s+)?(?:-p\\s*(?<p2>\\d+)\\s+)?(?:-q\\s+)?(?<host>[^\\s-]\\S*)");

    private Optional<String> jump = Optional.empty();
    private final List<String> unknown = new ArrayList<>();

    private SshArguments() {}

    /**
     * @return the jump host in the form {@code [user@]host[:port]}, where there is one
     * @throws IllegalArgumentException when there is an argument that is not known here; names it
     */
    static Optional<String> jump(String arguments) {
        SshArguments read = new SshArguments();
        Iterator<String> words = ShellWords.split(arguments, false).iterator();
        while (words.hasNext()) {
            read.argument(words.next(), words);
        }
        if (!read.unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    read.unknown
                            + " is not known here; a jump host (-J user@host:port, -o"
                            + " ProxyJump=user@host:port) can stand here");
        }
        return read.jump;
    }

    private void argument(String word, Iterator<String> more) {
        if (word.startsWith("-J")) {
            proxyJump(rest(word, more));
        } else if (word.startsWith("-o")) {
            option(rest(word, more));
        } else if (!word.equals("-q") && !word.equals("-C") && !word.equals("-A")) {
            unknown.add(word);
        }
    }

    private static String rest(String word, Iterator<String> more) {
        return word.length() > 2 ? word.substring(2) : more.hasNext() ? more.next() : "";
    }

    private void option(String option) {
        String[] parts = option.strip().split("\\s*=\\s*|\\s+", 2);
        String value = parts.length == 2 ? parts[1] : "";
        switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "proxyjump" -> proxyJump(value);
            case "proxycommand" -> proxyCommand(value);
            default -> {
                if (!WITHOUT_MEANING.contains(parts[0].toLowerCase(Locale.ROOT))) {
                    unknown.add("-o " + option);
                }
            }
        }
    }

    private void proxyJump(String value) {
        if (value.isBlank()) {
            unknown.add("-J without a host");
        } else if (!value.equalsIgnoreCase("none")) {
            jump = Optional.of(value.strip());
        }
    }

    private void proxyCommand(String value) {
        Matcher command = PROXY_COMMAND.matcher(value.strip());
        if (!command.matches()) {
            unknown.add("-o ProxyCommand=" + value);
            return;
        }
        String port = command.group("p") == null ? command.group("p2") : command.group("p");
        jump = Optional.of(command.group("host") + (port == null ? "" : ":" + port));
    }
}
