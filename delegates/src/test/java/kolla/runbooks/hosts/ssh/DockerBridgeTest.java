package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server here knows no forwarding to UNIX sockets, so the bridge finds its second way, {@code
 * docker system dial-stdio}; the first is shown on the lab, with OpenSSH.
 */
class DockerBridgeTest {

    @TempDir Path folder;
    private TestSshServer server;
    private FakeDockerEngine engine;
    private SshHosts hosts;

    @BeforeEach
    void start() throws IOException {
        server = new TestSshServer(folder);
        Path socket = folder.resolve("docker.sock");
        engine = new FakeDockerEngine(socket);
        server.dialsStdioTo(socket);
        hosts = new SshHosts();
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
        engine.close();
        server.close();
    }

    @Test
    void answersThroughALocalSocketThatNobodyElseCanReach() throws IOException {
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();

        assertThat(ask(socket, "/_ping")).endsWith("\r\n\r\n/_ping");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void carriesSeveralRequestsOverOneStreamAndManyStreamsAtOnce() throws IOException {
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();
        List<SocketChannel> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        }

        for (SocketChannel stream : streams) {
            assertThat(ask(stream, "/one")).endsWith("/one");
            assertThat(ask(stream, "/two")).endsWith("/two");
            stream.close();
        }
        assertThat(engine.connections()).isEqualTo(5);
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void givesItsSessionsBackWhenStreamsEnd() throws IOException {
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();

        for (int i = 0; i < 40; i++) {
            assertThat(ask(socket, "/" + i)).endsWith("/" + i);
        }
    }

    @Test
    void staysTheSameSocketWhenTheConnectionUnderneathBreaks() throws IOException {
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();
        SocketChannel before = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        ask(before, "/one");
        server.dropConnections();

        await().untilAsserted(() -> assertThat(before.read(ByteBuffer.allocate(10))).isEqualTo(-1));
        assertThat(hosts.on(server.cluster(), server.host()).dockerSocket()).isEqualTo(socket);
        assertThat(ask(socket, "/two")).endsWith("/two");
    }

    @Test
    void endsTheStreamWhenThereIsNoWayToTheEngine() throws IOException {
        engine.close();
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();

        try (SocketChannel stream = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(stream.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        }
    }

    @Test
    void takesItsSocketAwayWhenTheProgramEnds() {
        Path socket = hosts.on(server.cluster(), server.host()).dockerSocket();
        hosts.close();

        assertThat(socket).doesNotExist();
        assertThat(socket.getParent()).doesNotExist();
    }

    private static String ask(Path socket, String path) throws IOException {
        try (SocketChannel stream = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return ask(stream, path);
        }
    }

    private static String ask(SocketChannel stream, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
        stream.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate(1000);
        String text = "";
        while (!text.endsWith("\r\n\r\n" + path) && stream.read(answer) >= 0) {
            text = StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString();
        }
        return text;
    }
}
