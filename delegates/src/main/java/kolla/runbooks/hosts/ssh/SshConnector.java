package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kolla.runbooks.hosts.ssh.JumpHost.Hop;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/**
 * Opens authenticated connections to one host: over its jump hosts where there are any, each with a
 * pinned host key, by public key only.
 */
final class SshConnector {

    private final Host host;
    private final Path knownHosts;
    private final Config config;
    private final SshSettings settings;

    SshConnector(Host host, Path knownHosts, Config config, SshSettings settings) {
        this.host = host;
        this.knownHosts = knownHosts;
        this.config = config;
        this.settings = settings;
    }

    /**
     * @throws kolla.runbooks.failure.RunbookFailure KR-HOST-001, -002 or -003
     */
    SshLink open() {
        Login login = host.login();
        List<Hop> hops = new ArrayList<>(JumpHost.parse(login.jump(), login.user()));
        hops.add(new Hop(login.user(), login.address(), login.port()));
        List<SSHClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < hops.size(); i++) {
                boolean last = i == hops.size() - 1;
                Optional<SSHClient> via =
                        i == 0 ? Optional.empty() : Optional.of(clients.get(i - 1));
                SSHClient client = new SSHClient(config);
                clients.add(client);
                connect(client, via, hops.get(i), last ? host.name() : hops.get(i).address());
            }
            return new SshLink(clients, settings.sessionsPerConnection());
        } catch (RuntimeException | Error e) {
            SshLink.closeAll(clients);
            throw e;
        }
    }

    private void connect(SSHClient client, Optional<SSHClient> via, Hop hop, String alias) {
        int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
        client.setSocketFactory(new PromptSockets());
        client.setConnectTimeout(timeout);
        client.setTimeout(timeout);
        client.getTransport().setTimeoutMs(timeout);
        client.getConnection().setTimeoutMs(Math.toIntExact(settings.replyTimeout().toMillis()));
        PinnedHostKeys pinned = pinned(alias);
        client.addHostKeyVerifier(pinned);
        String through = alias.equals(host.name()) ? "" : "jump host " + hop + " ";
        try {
            if (via.isPresent()) {
                client.connectVia(via.get().newDirectConnection(hop.address(), hop.port()));
            } else {
                client.connect(hop.address(), hop.port());
            }
        } catch (IOException e) {
            if (pinned.refusal().isPresent()) {
                throw SshFailures.hostKeyRefused(host, pinned.refusal().get(), e);
            }
            throw SshFailures.unreachable(host, through + "cannot be reached", e);
        }
        authenticate(client, hop, through);
        // Reads wait for the next packet for as long as it takes; the keepalive finds dead peers.
        setReadTimeout(client);
        keepAlive(client);
    }

    private PinnedHostKeys pinned(String alias) {
        try {
            return new PinnedHostKeys(knownHosts, alias);
        } catch (UncheckedIOException e) {
            throw SshFailures.hostKeyRefused(
                    host, "no host key can be checked: " + e.getCause().getMessage(), e);
        }
    }

    private void authenticate(SSHClient client, Hop hop, String through) {
        try {
            client.authPublickey(hop.user(), keys(client));
        } catch (UserAuthException e) {
            boolean refused =
                    client.isConnected() || e.getDisconnectReason() == DisconnectReason.UNKNOWN;
            if (!refused) {
                throw SshFailures.unreachable(host, through + "broke off during the login", e);
            }
            throw SshFailures.loginRefused(
                    host, through + "refused the login with key " + keyNames(), e);
        } catch (TransportException e) {
            throw SshFailures.unreachable(host, through + "broke off during the login", e);
        }
    }

    private List<KeyProvider> keys(SSHClient client) {
        List<Path> files = keyFiles();
        if (files.isEmpty()) {
            throw SshFailures.loginRefused(host, "no private key found: " + keyNames(), null);
        }
        List<KeyProvider> keys = new ArrayList<>();
        for (Path file : files) {
            try {
                KeyProvider key = client.loadKeys(file.toString());
                key.getPublic();
                keys.add(key);
            } catch (IOException e) {
                throw SshFailures.loginRefused(
                        host, "the private key " + file + " cannot be read", e);
            }
        }
        return keys;
    }

    private List<Path> keyFiles() {
        Stream<Path> candidates =
                host.login().privateKey().map(Stream::of).orElseGet(SshConnector::keysOfUser);
        return candidates.filter(Files::isReadable).toList();
    }

    private static Stream<Path> keysOfUser() {
        Path folder = Path.of(System.getProperty("user.home"), ".ssh");
        return Stream.of("id_ed25519", "id_ecdsa", "id_rsa").map(folder::resolve);
    }

    private String keyNames() {
        return host.login().privateKey().map(Path::toString).orElse("of the program's user");
    }

    private static void setReadTimeout(SSHClient client) {
        try {
            if (client.getSocket() != null) {
                client.getSocket().setSoTimeout(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Started after the login only: a request before it makes some servers disconnect. */
    private void keepAlive(SSHClient client) {
        KeepAlive keepAlive = client.getConnection().getKeepAlive();
        keepAlive.setKeepAliveInterval(settings.keepAliveSeconds());
        if (keepAlive instanceof KeepAliveRunner runner) {
            runner.setMaxAliveCount(3);
        }
        keepAlive.setName("ssh-keepalive-" + host.name());
        keepAlive.setDaemon(true);
        keepAlive.start();
    }
}
