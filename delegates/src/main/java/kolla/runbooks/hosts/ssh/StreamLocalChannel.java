package kolla.runbooks.hosts.ssh;

import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;

/**
 * A channel to a UNIX socket on the host, by OpenSSH's extension {@code
 * direct-streamlocal@openssh.com} (PROTOCOL, section 2.4). It counts as a forwarding, so {@code
 * MaxSessions} does not limit it.
 */
final class StreamLocalChannel extends AbstractDirectChannel {

    private final String path;

    StreamLocalChannel(Connection connection, String path) {
        super(connection, "direct-streamlocal@openssh.com");
        this.path = path;
    }

    @Override
    protected SSHPacket buildOpenReq() {
        return super.buildOpenReq().putString(path).putString("").putUInt32(0);
    }
}
