package kolla.runbooks.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Docker engines of hosts, each through the socket that the port to its host offers. */
public final class DockerEngines implements Engines {

    private static final Logger LOG = LoggerFactory.getLogger(DockerEngines.class);

    private final Hosts hosts;
    private final Map<Path, EngineCalls> bySocket = new ConcurrentHashMap<>();

    /**
     * @param hosts used, not closed, by this
     */
    public DockerEngines(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public ContainerEngine on(Cluster cluster, Host host) {
        HostConnection connection = hosts.on(cluster, host);
        return new DockerEngine(
                bySocket.computeIfAbsent(
                        connection.dockerSocket(), s -> new EngineCalls(connection)));
    }

    @Override
    public void close() {
        for (EngineCalls calls : bySocket.values()) {
            try {
                calls.close();
            } catch (IOException e) {
                LOG.debug("closing the client of {}: {}", calls.host(), e.toString());
            }
        }
        bySocket.clear();
    }
}
