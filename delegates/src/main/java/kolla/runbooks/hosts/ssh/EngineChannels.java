package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import kolla.runbooks.inventory.Host;
import net.schmizz.sshj.connection.channel.Channel;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Opens streams to the Docker engine of one host. There are two ways, and which one works is
 * remembered: a forwarding to the engine's UNIX socket, for users who may open it, and {@code
 * docker system dial-stdio} as a command, under {@code sudo} where the login needs it. The second
 * takes about 100 ms to open, and serves where the sshd forbids forwarding or the user is not in
 * the group {@code docker}.
 */
final class EngineChannels {

    private enum Way {
        SOCKET,
        DIAL_STDIO
    }

    private static final String SOCKET_PATH = "/var/run/docker.sock";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Host host;
    private final SshLinks links;
    private volatile Way preferred = Way.SOCKET;

    EngineChannels(Host host, SshLinks links) {
        this.host = host;
        this.links = links;
    }

    /**
     * @throws IOException when neither way leads to the engine
     * @throws kolla.runbooks.failure.RunbookFailure when the host cannot be reached
     */
    EngineChannel open() throws IOException, InterruptedException {
        Way first = preferred;
        try {
            return open(first);
        } catch (IOException e) {
            Way other = first == Way.SOCKET ? Way.DIAL_STDIO : Way.SOCKET;
            try {
                EngineChannel channel = open(other);
                preferred = other;
                return channel;
            } catch (IOException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private EngineChannel open(Way way) throws IOException, InterruptedException {
        return way == Way.SOCKET ? socket() : dialStdio();
    }

    private EngineChannel socket() throws IOException, InterruptedException {
        SshLink link = links.any(PATIENCE);
        StreamLocalChannel channel =
                new StreamLocalChannel(link.client().getConnection(), SOCKET_PATH);
        channel.open();
        return new Stream(channel, channel.getInputStream(), channel.getOutputStream(), () -> {});
    }

    private EngineChannel dialStdio() throws IOException, InterruptedException {
        SshLink link = links.takeSession(PATIENCE);
        try {
            Session session = link.client().startSession();
            String docker =
                    (host.login().become() ? "sudo -n -- " : "") + "docker system dial-stdio";
            Session.Command command = session.exec("exec " + docker);
            return new Stream(
                    session,
                    command.getInputStream(),
                    command.getOutputStream(),
                    () -> links.giveBack(link));
        } catch (IOException e) {
            links.giveBack(link);
            throw e;
        }
    }

    private record Stream(Channel channel, InputStream in, OutputStream out, Runnable after)
            implements EngineChannel {
        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                after.run();
            }
        }
    }
}
