package kolla.runbooks.fakes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;

/**
 * A host in memory: files, and answers to commands. For tests of decisions and failures; that
 * something works is shown on the lab.
 */
public final class FakeHost implements HostConnection {

    private final Host host;
    private final Map<String, RemoteFile> files = new LinkedHashMap<>();
    private final List<Function<Command, Optional<CommandResult>>> answers = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private Optional<RunbookFailure> down = Optional.empty();

    public FakeHost(Host host) {
        this.host = host;
    }

    /** From now on every call fails like this. */
    public synchronized void fails(RunbookFailure failure) {
        down = Optional.of(failure);
    }

    public synchronized void recovers() {
        down = Optional.empty();
    }

    /** Answers commands for which the function gives a result; the latest answer is asked first. */
    public synchronized void answers(Function<Command, Optional<CommandResult>> answer) {
        answers.add(0, answer);
    }

    public synchronized List<Command> commands() {
        return List.copyOf(commands);
    }

    public synchronized Map<String, RemoteFile> files() {
        return new LinkedHashMap<>(files);
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public synchronized CommandResult run(Command command) {
        down.ifPresent(
                failure -> {
                    throw failure;
                });
        commands.add(command);
        for (Function<Command, Optional<CommandResult>> answer : answers) {
            Optional<CommandResult> result = answer.apply(command);
            if (result.isPresent()) {
                return result.get();
            }
        }
        if (command.input().contains("taken %s")) {
            return ok(listing(command.argv()));
        }
        if (command.argv().get(0).equals("cat")) {
            RemoteFile file = files.get(command.argv().get(command.argv().size() - 1));
            return file == null
                    ? new CommandResult(1, "", "No such file", false)
                    : ok(file.content());
        }
        return ok("");
    }

    /** What the observation script prints: see HostObserver. */
    private String listing(List<String> argv) {
        List<String> arguments = argv.subList(argv.indexOf("--") + 1, argv.size());
        String notes = arguments.get(0);
        StringBuilder out = new StringBuilder();
        for (String path : arguments.subList(1, arguments.size())) {
            RemoteFile file = files.get(path);
            if (file != null) {
                out.append(
                        String.format(
                                "file %s %o %s %s%n",
                                sha256(file.content()), file.mode(), file.owner(), path));
            }
        }
        files.forEach(
                (path, file) -> {
                    if (path.startsWith(notes + "/")) {
                        out.append(
                                String.format(
                                        "taken %s %s%n",
                                        path.substring(notes.length() + 1),
                                        file.content().strip()));
                    }
                });
        return out.toString();
    }

    @Override
    public synchronized void put(List<RemoteFile> list) {
        down.ifPresent(
                failure -> {
                    throw failure;
                });
        list.forEach(f -> files.put(f.path(), f));
    }

    @Override
    public Path dockerSocket() {
        throw new IllegalStateException("a host in memory has no engine socket");
    }

    public static CommandResult ok(String out) {
        return new CommandResult(0, out, "", false);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
