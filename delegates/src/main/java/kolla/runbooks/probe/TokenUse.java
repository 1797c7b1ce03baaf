package kolla.runbooks.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Logs in to Keystone on a new connection, as a user does, and has the token checked on a kept one,
 * as the services do.
 */
final class TokenUse implements Use {

    private static final int CREATED = 201;
    private static final int OK = 200;

    /** Who logs in, where. */
    record Login(String url, String user, String password, String project) {
        @Override
        public String toString() {
            return "Login of " + user + " at " + url;
        }
    }

    private final String tokens;
    private final String body;
    private final WebClient user;
    private final WebClient service;

    TokenUse(Login login, Optional<SSLContext> trust) {
        this.user = WebClient.fresh(trust);
        this.service = WebClient.keeping(trust);
        this.tokens = login.url() + "/auth/tokens";
        this.body = body(login);
    }

    @Override
    public void once() throws IOException {
        HttpPost issue = new HttpPost(tokens);
        issue.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        WebClient.Answer issued = send(user, issue, "issuing a token");
        String token =
                issued.token()
                        .filter(t -> issued.status() == CREATED)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "issuing a token: HTTP "
                                                        + issued.status()
                                                        + " instead of "
                                                        + CREATED));
        HttpGet check = new HttpGet(tokens);
        check.setHeader("X-Auth-Token", token);
        check.setHeader("X-Subject-Token", token);
        WebClient.Answer checked = send(service, check, "checking the token");
        if (checked.status() != OK) {
            throw new IOException(
                    "checking the token just issued: HTTP "
                            + checked.status()
                            + " instead of "
                            + OK);
        }
    }

    private static WebClient.Answer send(WebClient client, ClassicHttpRequest request, String what)
            throws IOException {
        try {
            return client.send(request);
        } catch (IOException e) {
            throw new IOException(what + ": " + FailureSentence.of(e), e);
        }
    }

    private static String body(Login login) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode domain = json.objectNode().put("id", "default");
        ObjectNode user =
                json.objectNode().put("name", login.user()).put("password", login.password());
        user.set("domain", domain);
        ObjectNode project = json.objectNode().put("name", login.project());
        project.set("domain", domain);
        ObjectNode root = json.objectNode();
        ObjectNode auth = root.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        identity.putObject("password").set("user", user);
        auth.putObject("scope").set("project", project);
        return root.toString();
    }

    @Override
    public void close() {
        user.close();
        service.close();
    }
}
