package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;
import net.schmizz.sshj.Config;

/**
 * Hosts over SSH, with connections kept open between calls. A host is the same as before when its
 * cluster, name and login are; a changed login or file of pinned keys opens new connections.
 */
public final class SshHosts implements Hosts {

    /** What a set of connections belongs to. */
    private record Key(String cluster, String host, Login login, Path knownHosts) {}

    /** What is kept for a host. */
    private record Kept(SshLinks links, SshCommands commands, DockerBridge bridge) {}

    private final SshSettings settings;
    private final Config config = Algorithms.config();
    private final Map<Key, Kept> hosts = new ConcurrentHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();
    private final Path socketFolder;
    private final ExecutorService threads;

    public SshHosts() {
        this(SshSettings.DEFAULT);
    }

    public SshHosts(SshSettings settings) {
        this.settings = settings;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work, "ssh-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            // Made with mode 0700; the path is short because a UNIX socket's may have 107 bytes.
            this.socketFolder = Files.createTempDirectory("kolla-runbooks-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the sockets of Docker engines", e);
        }
    }

    @Override
    public HostConnection on(Cluster cluster, Host host) {
        Key key = new Key(cluster.name(), host.name(), host.login(), cluster.knownHosts());
        Kept kept = hosts.computeIfAbsent(key, k -> keep(cluster, host));
        return new SshHost(host, kept.commands(), kept.bridge());
    }

    private Kept keep(Cluster cluster, Host host) {
        SshConnector connector = new SshConnector(host, cluster.knownHosts(), config, settings);
        SshLinks links = new SshLinks(host, connector, settings.connectionsPerHost());
        Path socket = socketFolder.resolve(sockets.incrementAndGet() + ".sock");
        return new Kept(
                links,
                new SshCommands(host, links, settings, threads),
                new DockerBridge(socket, host.name(), new EngineChannels(host, links), threads));
    }

    @Override
    public void forget(Cluster cluster) {
        hosts.forEach(
                (key, kept) -> {
                    if (key.cluster().equals(cluster.name())) {
                        kept.bridge().cut();
                        kept.links().closeAll();
                    }
                });
    }

    @Override
    public void close() {
        for (Kept kept : hosts.values()) {
            kept.bridge().close();
            kept.links().closeAll();
        }
        hosts.clear();
        threads.shutdownNow();
        try {
            Files.deleteIfExists(socketFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
