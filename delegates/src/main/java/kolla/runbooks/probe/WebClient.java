package kolla.runbooks.probe;

import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP client that sends what it is told and tries nothing twice. The one that keeps its
 * connection looks, as the Python clients of OpenStack do, whether the other side has closed it in
 * the meantime, and opens another then.
 */
final class WebClient implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    private static final Timeout ANSWER = Timeout.ofSeconds(5);

    /** What was answered. */
    record Answer(int status, Optional<String> token) {}

    private final CloseableHttpClient http;

    private WebClient(boolean keeping, Optional<SSLContext> trust) {
        PoolingHttpClientConnectionManagerBuilder connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setSocketTimeout(ANSWER)
                                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                        .build());
        // who is called is checked against the certificate's names, as always
        trust.map(DefaultClientTlsStrategy::new).ifPresent(connections::setTlsSocketStrategy);
        HttpClientBuilder builder =
                HttpClientBuilder.create()
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .setUserAgent("kolla-runbooks-probe")
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(CONNECT)
                                        .setResponseTimeout(ANSWER)
                                        .build())
                        .setConnectionManager(connections.build());
        if (!keeping) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        http = builder.build();
    }

    /**
     * One that opens a connection for each request.
     *
     * @param trust whom it trusts where it speaks TLS; empty: those that every Java knows
     */
    static WebClient fresh(Optional<SSLContext> trust) {
        return new WebClient(false, trust);
    }

    /** One that keeps its connection. */
    static WebClient keeping(Optional<SSLContext> trust) {
        return new WebClient(true, trust);
    }

    Answer send(ClassicHttpRequest request) throws IOException {
        return http.execute(
                request,
                response -> {
                    EntityUtils.consume(response.getEntity());
                    return new Answer(
                            response.getCode(),
                            Optional.ofNullable(response.getFirstHeader("X-Subject-Token"))
                                    .map(Header::getValue));
                });
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
