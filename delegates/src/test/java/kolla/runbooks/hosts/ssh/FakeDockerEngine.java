package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every HTTP request on a UNIX socket with the path that it asked for. */
final class FakeDockerEngine implements AutoCloseable {

    private final ServerSocketChannel server =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final AtomicInteger connections = new AtomicInteger();

    FakeDockerEngine(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        start(this::accept);
    }

    int connections() {
        return connections.get();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            connections.incrementAndGet();
            start(() -> serve(client));
        }
    }

    private static void serve(SocketChannel client) throws IOException {
        try (client) {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            StringBuilder head = new StringBuilder();
            while (client.read(buffer.clear()) >= 0) {
                head.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
                if (head.indexOf("\r\n\r\n") >= 0) {
                    String path = head.toString().split(" ")[1];
                    head.setLength(0);
                    String answer =
                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                    + path.length()
                                    + "\r\n\r\n"
                                    + path;
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
