package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes a host's {@link Login} from Ansible's connection variables. */
final class LoginReader {

    private final Path folder;
    private final String host;
    private final Variables variables;
    private final Map<String, Sited> places;
    private final List<Gap> gaps;

    /**
     * @param variables what holds on the host, globals over its own
     * @param places where they stand
     */
    LoginReader(
            Path folder,
            String host,
            Variables variables,
            Map<String, Sited> places,
            List<Gap> gaps) {
        this.folder = folder;
        this.host = host;
        this.variables = variables;
        this.places = places;
        this.gaps = gaps;
    }

    Login read() {
        refuse("ansible_become_method", "sudo", "only sudo is used here");
        refuse("ansible_become_user", "root", "commands run as root or not at all");
        for (String secret :
                List.of(
                        "ansible_password",
                        "ansible_ssh_pass",
                        "ansible_ssh_password",
                        "ansible_become_password",
                        "ansible_become_pass",
                        "ansible_sudo_pass")) {
            if (variables.raw(secret).isPresent()) {
                gap(
                        secret,
                        "passwords of logins are not used here; log in with a key"
                                + " (ansible_ssh_private_key_file) and let sudo work without one");
            }
        }
        return new Login(
                first("ansible_host", "ansible_ssh_host").map(this::text).orElse(host),
                first("ansible_port", "ansible_ssh_port").map(this::port).orElse(22),
                first("ansible_user", "ansible_ssh_user")
                        .map(this::text)
                        .orElseGet(() -> System.getProperty("user.name")),
                first("ansible_become")
                        .map(n -> read(n, v -> Truth.strict(v), false))
                        .orElse(false),
                first("ansible_ssh_private_key_file", "ansible_private_key_file")
                        .map(this::text)
                        .map(t -> HomePath.of(folder, t)),
                jump());
    }

    private Optional<String> jump() {
        return Stream.of("ansible_ssh_common_args", "ansible_ssh_extra_args")
                .filter(n -> variables.raw(n).isPresent())
                .flatMap(
                        n ->
                                read(
                                        n,
                                        v -> SshArguments.jump(String.valueOf(v)),
                                        Optional.<String>empty())
                                        .stream())
                .reduce((a, b) -> b);
    }

    private void refuse(String name, String only, String right) {
        variables
                .raw(name)
                .filter(v -> !String.valueOf(v).equals(only))
                .ifPresent(v -> gap(name, "\"" + v + "\": " + right));
    }

    /** The first of the names that has a value that is not empty. */
    private Optional<String> first(String... names) {
        return Stream.of(names)
                .filter(n -> variables.raw(n).filter(v -> !v.equals("")).isPresent())
                .findFirst();
    }

    private String text(String name) {
        return read(name, String::valueOf, "");
    }

    private int port(String name) {
        return read(
                name,
                v -> {
                    String text = String.valueOf(v).strip();
                    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
                    if (port < 1 || port > 65535) {
                        throw new IllegalArgumentException("\"" + v + "\" is no port (1 to 65535)");
                    }
                    return port;
                },
                22);
    }

    private <T> T read(String name, Function<Object, T> reading, T otherwise) {
        Object value = variables.raw(name).orElseThrow();
        if (Expression.isWithin(value)) {
            gap(name, "it refers to a variable that neither the inventory nor the globals define");
            return otherwise;
        }
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException e) {
            gap(name, e.getMessage());
            return otherwise;
        }
    }

    private void gap(String name, String what) {
        Sited place = places.getOrDefault(name, new Sited("", folder, 0));
        gaps.add(place.gap("host \"" + host + "\": " + name, what));
    }
}
