package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import kolla.runbooks.failure.RunbookFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UNIX socket on this machine behind which the Docker engine of a host answers: every connection
 * that is accepted becomes one channel of the SSH connection. So a stock Docker client works, and
 * no TCP port is opened anywhere. The socket lies in a folder that only this program's user can
 * enter.
 */
final class DockerBridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DockerBridge.class);

    private final Path path;
    private final String hostName;
    private final EngineChannels channels;
    private final ExecutorService threads;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private Optional<ServerSocketChannel> server = Optional.empty();

    DockerBridge(Path path, String hostName, EngineChannels channels, ExecutorService threads) {
        this.path = path;
        this.hostName = hostName;
        this.channels = channels;
        this.threads = threads;
    }

    /** The socket; listens from the first call on. */
    synchronized Path socket() {
        if (server.isEmpty()) {
            try {
                ServerSocketChannel listening =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                listening.bind(UnixDomainSocketAddress.of(path));
                server = Optional.of(listening);
                Thread acceptor = new Thread(() -> accept(listening), "docker-bridge-" + hostName);
                acceptor.setDaemon(true);
                acceptor.start();
            } catch (IOException e) {
                throw new UncheckedIOException("no socket at " + path, e);
            }
        }
        return path;
    }

    private void accept(ServerSocketChannel listening) {
        while (listening.isOpen()) {
            try {
                SocketChannel client = listening.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                LOG.debug("the bridge to {} stops listening: {}", hostName, e.toString());
            }
        }
    }

    private void serve(SocketChannel client) {
        try {
            EngineChannel engine = channels.open();
            AtomicBoolean closed = new AtomicBoolean();
            Runnable closeBoth =
                    () -> {
                        if (closed.compareAndSet(false, true)) {
                            drop(client);
                            closeQuietly(engine);
                        }
                    };
            threads.execute(
                    () -> {
                        toEngine(client, engine.out());
                    });
            fromEngine(engine.in(), client);
            closeBoth.run();
        } catch (IOException | RunbookFailure e) {
            LOG.warn("no way to the Docker engine of {}: {}", hostName, e.getMessage());
            drop(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop(client);
        }
    }

    /** Ends when the client ends its half; the engine then ends the other. */
    private void toEngine(SocketChannel client, OutputStream engine) {
        ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
        try (engine) {
            while (client.read(buffer) >= 0) {
                engine.write(buffer.array(), 0, buffer.position());
                engine.flush();
                buffer.clear();
            }
        } catch (IOException e) {
            LOG.debug("stream to the engine of {} ended: {}", hostName, e.toString());
        }
    }

    private void fromEngine(InputStream engine, SocketChannel client) {
        byte[] bytes = new byte[32 * 1024];
        try {
            for (int n = engine.read(bytes); n >= 0; n = engine.read(bytes)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, n);
                while (buffer.hasRemaining()) {
                    client.write(buffer);
                }
            }
        } catch (IOException e) {
            LOG.debug("stream from the engine of {} ended: {}", hostName, e.toString());
        }
    }

    private void drop(SocketChannel client) {
        open.remove(client);
        closeQuietly(client);
    }

    private static void closeQuietly(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception e) {
            LOG.debug("closing: {}", e.toString());
        }
    }

    /** Cuts all streams; the socket stays and new streams open new channels. */
    void cut() {
        Set.copyOf(open).forEach(this::drop);
    }

    @Override
    public synchronized void close() {
        server.ifPresent(DockerBridge::closeQuietly);
        server = Optional.empty();
        cut();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("removing {}: {}", path, e.toString());
        }
    }
}
