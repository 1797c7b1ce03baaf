package kolla.runbooks.probe;

import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * Asks an API for its health path at the virtual address, by turns on a new and a kept connection.
 */
final class ApiUse implements Use {

    private final String url;
    private final int status;
    private final WebClient fresh;
    private final WebClient kept;
    private boolean keep;

    ApiUse(String url, int status, Optional<SSLContext> trust) {
        this.fresh = WebClient.fresh(trust);
        this.kept = WebClient.keeping(trust);
        this.url = url;
        this.status = status;
    }

    @Override
    public void once() throws IOException {
        keep = !keep;
        String how = keep ? " on a kept connection" : " on a new connection";
        WebClient.Answer answer;
        try {
            answer = (keep ? kept : fresh).send(new HttpGet(url));
        } catch (IOException e) {
            throw new IOException("GET " + url + how + ": " + FailureSentence.of(e), e);
        }
        if (answer.status() != status) {
            throw new IOException(
                    "GET " + url + how + ": HTTP " + answer.status() + " instead of " + status);
        }
    }

    @Override
    public void close() {
        fresh.close();
        kept.close();
    }
}
