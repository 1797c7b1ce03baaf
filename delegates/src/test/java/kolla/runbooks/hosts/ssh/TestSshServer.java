package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** An SSH server on a port of the loopback that runs commands on this machine. */
final class TestSshServer implements AutoCloseable {

    private final Path folder;
    private final Path bin;
    private final Path knownHosts;
    private final KeyPair clientKey = newKey();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile Optional<Path> engine = Optional.empty();

    TestSshServer(Path folder) throws IOException {
        this.folder = folder;
        this.bin = Files.createDirectories(folder.resolve("bin"));
        this.knownHosts = folder.resolve("known_hosts");
        server.setHost("127.0.0.1");
        server.setPublickeyAuthenticator(
                (user, key, session) -> KeyUtils.compareKeys(key, clientKey.getPublic()));
        server.setCommandFactory((channel, command) -> command(command));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.addSessionListener(
                new SessionListener() {
                    @Override
                    public void sessionEvent(Session session, Event event) {
                        if (event == Event.Authenticated) {
                            logins.incrementAndGet();
                        }
                    }
                });
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 10);
        useHostKey(newKey());
        server.start();
        pin();
        try (OutputStream out = Files.newOutputStream(clientKeyFile())) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(clientKey, "test", null, out);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private org.apache.sshd.server.command.Command command(String command) {
        if (engine.isPresent() && command.endsWith("docker system dial-stdio")) {
            return new DialStdioCommand(engine.get());
        }
        return new LocalShellCommand(
                List.of("setsid", "/bin/sh", "-c", command),
                Map.of("PATH", bin + ":" + System.getenv("PATH")));
    }

    /** Lets {@code docker system dial-stdio} lead to this socket. */
    void dialsStdioTo(Path socket) {
        engine = Optional.of(socket);
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void useHostKey(KeyPair key) {
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
    }

    String hostKey() {
        try {
            KeyPair key = server.getKeyPairProvider().loadKeys(null).iterator().next();
            return PublicKeyEntry.toString(key.getPublic());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the present host key into known_hosts. */
    void pin() throws IOException {
        Files.writeString(
                knownHosts,
                "[127.0.0.1]:" + server.getPort() + " " + hostKey() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** A program that commands find before the machine's own. */
    void program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    SshServer server() {
        return server;
    }

    int port() {
        return server.getPort();
    }

    int logins() {
        return logins.get();
    }

    Path knownHosts() {
        return knownHosts;
    }

    Path clientKeyFile() {
        return folder.resolve("client_key");
    }

    /** Ends all connections, as a server does that is restarted. */
    void dropConnections() {
        server.getActiveSessions().forEach(s -> s.close(true));
    }

    Cluster cluster() {
        return new Cluster(
                "test",
                folder,
                new Inventory(List.of(host()), Map.of()),
                Variables.NONE,
                Passwords.NONE,
                folder,
                knownHosts);
    }

    Host host() {
        return host(login());
    }

    Host host(Login login) {
        return new Host("ctl1", login, Variables.NONE);
    }

    Login login() {
        return new Login(
                "127.0.0.1",
                port(),
                "tester",
                false,
                Optional.of(clientKeyFile()),
                Optional.empty());
    }

    Login sudoLogin() {
        Login l = login();
        return new Login(l.address(), l.port(), l.user(), true, l.privateKey(), l.jump());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
