package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * What {@code docker system dial-stdio} does: standard input and output are the engine's socket.
 */
final class DialStdioCommand implements Command {

    private final Path socket;
    private InputStream in;
    private OutputStream out;
    private ExitCallback exit;

    DialStdioCommand(Path socket) {
        this.socket = socket;
    }

    @Override
    public void start(ChannelSession channel, Environment env) {
        Thread thread = new Thread(this::dial);
        thread.setDaemon(true);
        thread.start();
    }

    private void dial() {
        try (SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Thread answers = new Thread(() -> copy(engine));
            answers.setDaemon(true);
            answers.start();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                engine.write(ByteBuffer.wrap(bytes, 0, n));
            }
            engine.shutdownOutput();
            answers.join();
            exit.onExit(0);
        } catch (IOException | InterruptedException e) {
            exit.onExit(1, e.toString());
        }
    }

    private void copy(SocketChannel engine) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (engine.read(buffer.clear()) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                out.flush();
            }
        } catch (IOException e) {
            // The SSH side has gone.
        }
    }

    @Override
    public void destroy(ChannelSession channel) {}

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
