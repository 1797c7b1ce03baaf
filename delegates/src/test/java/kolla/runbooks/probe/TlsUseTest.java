package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.tls.Authorities;
import kolla.runbooks.tls.Side;
import kolla.runbooks.tls.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses over TLS, against a server in this JVM. */
class TlsUseTest {

    private static final TestAuthority HOUSE = TestAuthority.root("House");

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    @TempDir Path folder;
    private final AtomicInteger asked = new AtomicInteger();
    private final List<HttpsServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(s -> s.stop(0));
    }

    @Test
    void aServerThatANamedAuthoritySignedIsBelieved() throws Exception {
        String url = serve(HOUSE.server("127.0.0.1"));
        try (ApiUse use = new ApiUse(url, 200, named(HOUSE))) {
            use.once();
            use.once();
            use.once();
        }

        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void aServerThatSomebodyElseSignedIsNot() throws Exception {
        String url = serve(TestAuthority.root("House").server("127.0.0.1"));
        try (ApiUse use = new ApiUse(url, 200, named(HOUSE))) {
            assertThatThrownBy(use::once).isInstanceOf(IOException.class);
        }

        assertThat(asked.get()).isZero();
    }

    @Test
    void aServerOfAnotherNameIsNot() throws Exception {
        String url = serve(HOUSE.server("127.0.0.2", "cloud.example"));
        try (ApiUse use = new ApiUse(url, 200, named(HOUSE))) {
            assertThatThrownBy(use::once).hasMessageContaining("127.0.0.1");
        }

        assertThat(asked.get()).isZero();
    }

    @Test
    void theExternalAddressMayBeSignedByWhomEverybodyKnows() throws IOException {
        Variables settings = settings(HOUSE);

        assertThat(Authorities.of(Side.INTERNAL, settings).trusted())
                .containsExactly(HOUSE.certificate());
        assertThat(Authorities.of(Side.EXTERNAL, settings).trusted())
                .contains(HOUSE.certificate())
                .hasSizeGreaterThan(1);
    }

    @Test
    void aFileOfAuthoritiesThatIsNotThereIsNamed() {
        Variables settings = new Variables(Map.of("kolla_admin_openrc_cacert", "/no/root.crt"));

        assertThatThrownBy(() -> Authorities.of(Side.INTERNAL, settings))
                .hasMessageContaining("KR-TLS-001")
                .hasMessageContaining("kolla_admin_openrc_cacert: /no/root.crt")
                .hasMessageContaining("no such file");
    }

    private Optional<SSLContext> named(TestAuthority authority) throws IOException {
        return Optional.of(Authorities.of(Side.INTERNAL, settings(authority)).context());
    }

    private Variables settings(TestAuthority authority) throws IOException {
        Path file = folder.resolve("root.crt");
        Files.writeString(file, authority.pem());
        return new Variables(Map.of("kolla_admin_openrc_cacert", file.toString()));
    }

    private String serve(TestAuthority.Signed signed) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "server",
                signed.keys().getPrivate(),
                new char[0],
                new Certificate[] {signed.certificate()});
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        servers.add(server);
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/v3";
    }
}
