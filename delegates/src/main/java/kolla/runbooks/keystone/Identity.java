package kolla.runbooks.keystone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.tls.Authorities;
import kolla.runbooks.tls.Side;

/**
 * Keystone's API as the administrator sees it from one host, through the virtual address.
 *
 * @param context about the service keystone
 */
record Identity(RolloutContext context, Host host) {

    private static final String ADMIN_PASSWORD = "keystone_admin_password";

    /** Asks for a token; the answer says whether it was issued. */
    Curl.Answer issueToken() {
        return Curl.send(
                context.engine(host),
                "POST",
                url("/auth/tokens"),
                Optional.empty(),
                Optional.of(login()),
                trust());
    }

    /** The administrator's token. */
    String token() {
        Curl.Answer answer = issueToken();
        return answer.token()
                .filter(t -> answer.ok())
                .orElseThrow(() -> failure("no token was issued: " + answer.describe()));
    }

    Curl.Answer get(String token, String path) {
        return must("GET", path, send("GET", token, path, Optional.empty()));
    }

    Curl.Answer post(String token, String path, ObjectNode body) {
        return must("POST", path, send("POST", token, path, Optional.of(body.toString())));
    }

    Curl.Answer patch(String token, String path, ObjectNode body) {
        return must("PATCH", path, send("PATCH", token, path, Optional.of(body.toString())));
    }

    Curl.Answer put(String token, String path) {
        return must("PUT", path, send("PUT", token, path, Optional.empty()));
    }

    Curl.Answer send(String method, String token, String path, Optional<String> body) {
        return Curl.send(
                context.engine(host), method, url(path), Optional.of(token), body, trust());
    }

    private Optional<String> trust() {
        Variables settings = context.service().settings();
        return Side.INTERNAL.speaksTls(settings)
                ? Authorities.of(Side.INTERNAL, settings).named()
                : Optional.empty();
    }

    private Curl.Answer must(String method, String path, Curl.Answer answer) {
        if (!answer.ok()) {
            throw failure(method + " " + path + " was answered with " + answer.describe());
        }
        return answer;
    }

    private String url(String path) {
        String base = internalUrl(context);
        return base + (base.endsWith("/v3") ? "" : "/v3") + path;
    }

    static String internalUrl(RolloutContext context) {
        return context.service()
                .endpoint()
                .map(e -> e.internalUrl().replaceAll("/+$", ""))
                .orElseThrow(
                        () -> new IllegalArgumentException("service.yml of keystone: no endpoint"));
    }

    /** The request that logs the administrator in. */
    String login() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode domain = json.objectNode().put("id", "default");
        ObjectNode user =
                json.objectNode()
                        .put("name", setting("keystone_admin_user", "admin"))
                        .put("password", adminPassword(context));
        user.set("domain", domain);
        ObjectNode project =
                json.objectNode().put("name", setting("keystone_admin_project", "admin"));
        project.set("domain", domain);
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode auth = root.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        identity.putObject("password").set("user", user);
        auth.putObject("scope").set("project", project);
        return root.toString();
    }

    private String setting(String name, String otherwise) {
        return context.service().settings().string(name, otherwise);
    }

    static String adminPassword(RolloutContext context) {
        return context.cluster()
                .passwords()
                .find(ADMIN_PASSWORD)
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-KEYSTONE-004",
                                        ADMIN_PASSWORD + ": is empty or missing in passwords.yml",
                                        List.of()));
    }

    private RunbookFailure failure(String what) {
        return RunbookFailure.person(
                "KR-KEYSTONE-003",
                host.name(),
                "Keystone through " + internalUrl(context) + ": " + what);
    }
}
