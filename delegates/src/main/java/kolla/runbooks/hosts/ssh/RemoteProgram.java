package kolla.runbooks.hosts.ssh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kolla.runbooks.hosts.Command;

/**
 * How a command travels: what stands in the SSH exec request, and what is sent through standard
 * input before the command's own input.
 *
 * <p>The request makes the login shell start {@code sh} (under {@code sudo -n} where the login
 * needs it) with a fixed script and the argument vector as its quoted positional parameters. The
 * script
 *
 * <ol>
 *   <li>prints a line with a nonce and its process id. The line proves that login shell and sudo
 *       let the command through, separates what a profile may print from the command's output, and
 *       names the process to signal when the call is cancelled;
 *   <li>where the command has an environment: reads one line from standard input and evaluates it.
 *       The line holds nothing but {@code export} with quoted values, so that values never stand in
 *       an argument vector, which every user of the host can read. {@code read} takes single bytes
 *       from a pipe, so the command's own input is left whole;
 *   <li>becomes {@code timeout}, which ends the program on the host when its time is over, even
 *       when this program or the network has died meanwhile. {@code timeout} puts the program into
 *       a process group and hands on the TERM that a cancelled call sends to it.
 * </ol>
 *
 * @param request for the exec request
 * @param input for standard input: the header, if any, then the command's own
 */
record RemoteProgram(String request, String input) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String READ_ENVIRONMENT =
            ShellQuote.NEWLINE_VARIABLE
                    + "='\n';IFS= read -r _kr_env||exit 125;eval \"$_kr_env\";unset _kr_env "
                    + ShellQuote.NEWLINE_VARIABLE
                    + ";";

    /**
     * @param nonce unguessable for the command, so that its output cannot be taken for the marker
     * @throws IllegalArgumentException for an empty or too long argument vector, a NUL, a name that
     *     no variable can have, or a time-out that is not positive; names the value
     */
    static RemoteProgram of(Command command, String nonce, boolean sudo, Duration killGrace) {
        if (command.argv().isEmpty() || command.argv().get(0).isEmpty()) {
            throw new IllegalArgumentException("argv: is empty, it must name a program");
        }
        if (command.timeout().isNegative() || command.timeout().isZero()) {
            throw new IllegalArgumentException(
                    "timeout: " + command.timeout() + " must be positive");
        }
        String script =
                "echo "
                        + nonce
                        + ":$$;"
                        + (command.environment().isEmpty() ? "" : READ_ENVIRONMENT)
                        + "exec timeout -k "
                        + seconds(killGrace)
                        + " "
                        + seconds(command.timeout())
                        + " \"$@\"";
        List<String> shell = List.of("sh", "-c", script, "sh");
        String request =
                "exec "
                        + (sudo ? "sudo -n -H -- " : "")
                        + ShellQuote.words(shell)
                        + " "
                        + ShellQuote.words(command.argv());
        if (request.getBytes(StandardCharsets.UTF_8).length > ShellQuote.LONGEST_ARGUMENT) {
            throw new IllegalArgumentException(
                    "argv: longer than "
                            + ShellQuote.LONGEST_ARGUMENT
                            + " bytes when quoted; hand long text through the input");
        }
        String header = command.environment().isEmpty() ? "" : exports(command.environment());
        return new RemoteProgram(request, header + command.input());
    }

    private static String exports(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .map(e -> name(e.getKey()) + "=" + ShellQuote.lineWord(e.getValue()))
                        .collect(Collectors.joining(" ", "export ", "\n"));
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches() || name.startsWith("_kr_")) {
            throw new IllegalArgumentException(
                    "environment: \"" + name + "\" is no name of a variable");
        }
        return name;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
