package kolla.runbooks.hosts;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run on a host: an argument vector, never a shell string.
 *
 * @param argv the program and its arguments; quoted in one audited place of the adapter
 * @param environment variables of the program; secrets go here or into {@code input}, never in argv
 * @param input what the program reads from its standard input
 * @param timeout after which the program is ended on the host and the call fails
 */
public record Command(
        List<String> argv, Map<String, String> environment, String input, Duration timeout) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... argv) {
        return new Command(List.of(argv), Map.of(), "", DEFAULT_TIMEOUT);
    }

    /** A shell script fed through standard input to {@code sh -s}, with positional arguments. */
    public static Command script(String script, String... arguments) {
        List<String> argv = new java.util.ArrayList<>(List.of("sh", "-s", "--"));
        argv.addAll(List.of(arguments));
        return new Command(argv, Map.of(), script, DEFAULT_TIMEOUT);
    }

    public Command within(Duration limit) {
        return new Command(argv, environment, input, limit);
    }

    public Command with(Map<String, String> variables) {
        return new Command(argv, variables, input, timeout);
    }

    public Command reading(String text) {
        return new Command(argv, environment, text, timeout);
    }
}
