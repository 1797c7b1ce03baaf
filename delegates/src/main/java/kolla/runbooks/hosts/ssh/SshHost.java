package kolla.runbooks.hosts.ssh;

import java.nio.file.Path;
import java.util.List;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;

/** One host over SSH; see the port for what it promises. */
final class SshHost implements HostConnection {

    private final Host host;
    private final SshCommands commands;
    private final DockerBridge bridge;

    SshHost(Host host, SshCommands commands, DockerBridge bridge) {
        this.host = host;
        this.commands = commands;
        this.bridge = bridge;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public CommandResult run(Command command) {
        return commands.run(command);
    }

    @Override
    public void put(List<RemoteFile> files) {
        for (int from = 0; from < files.size(); from += FilePut.MOST_AT_ONCE) {
            putAtOnce(files.subList(from, Math.min(files.size(), from + FilePut.MOST_AT_ONCE)));
        }
    }

    private void putAtOnce(List<RemoteFile> files) {
        CommandResult result = commands.run(FilePut.of(files));
        if (result.exit() == FilePut.CUT_SHORT) {
            throw SshFailures.unreachable(host, "broke off while files were put", null);
        }
        if (!result.ok()) {
            List<String> words = result.err().lines().limit(20).toList();
            String what = files.size() == 1 ? files.get(0).path() : files.size() + " files";
            throw SshFailures.notWritten(
                    host, "could not write " + what + ": " + String.join("; ", words), words);
        }
    }

    @Override
    public Path dockerSocket() {
        return bridge.socket();
    }
}
