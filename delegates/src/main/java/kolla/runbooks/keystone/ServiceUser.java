package kolla.runbooks.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.failure.RunbookFailure;

/** The account that a service logs in to Keystone with. */
record ServiceUser(Identity identity, String token, Endpoint endpoint) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PROJECT = "service";

    /** Whether it can log in to project {@code service} and has the role admin there. */
    boolean stands() {
        ObjectNode body = JSON.objectNode();
        ObjectNode auth = body.putObject("auth");
        ObjectNode method = auth.putObject("identity");
        method.putArray("methods").add("password");
        ObjectNode user = method.putObject("password").putObject("user");
        user.put("name", endpoint.user()).put("password", password());
        user.putObject("domain").put("id", "default");
        ObjectNode project = auth.putObject("scope").putObject("project").put("name", PROJECT);
        project.putObject("domain").put("id", "default");
        Curl.Answer answer =
                identity.send("POST", token, "/auth/tokens", Optional.of(body.toString()));
        return answer.ok()
                && KeystoneEndpoints.first(
                                answer.body().path("token").path("roles"), "name", "admin")
                        .isPresent();
    }

    void make() {
        String project =
                found("/projects?domain_id=default&name=", "projects", PROJECT)
                        .orElseGet(this::createProject)
                        .path("id")
                        .asText();
        Optional<JsonNode> known =
                found("/users?domain_id=default&name=", "users", endpoint.user());
        ObjectNode body = JSON.objectNode();
        ObjectNode fields = body.putObject("user").put("password", password());
        String user;
        if (known.isPresent()) {
            user = known.get().path("id").asText();
            identity.patch(token, "/users/" + user, body);
        } else {
            fields.put("name", endpoint.user()).put("domain_id", "default");
            user = identity.post(token, "/users", body).body().path("user").path("id").asText();
        }
        String role =
                found("/roles?name=", "roles", "admin")
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-KEYSTONE-003",
                                                "Keystone has no role admin",
                                                List.of()))
                        .path("id")
                        .asText();
        identity.put(token, "/projects/" + project + "/users/" + user + "/roles/" + role);
    }

    private JsonNode createProject() {
        ObjectNode body = JSON.objectNode();
        body.putObject("project").put("name", PROJECT).put("domain_id", "default");
        return identity.post(token, "/projects", body).body().path("project");
    }

    private Optional<JsonNode> found(String path, String list, String name) {
        JsonNode all = identity.get(token, path + KeystoneEndpoints.encoded(name)).body();
        return KeystoneEndpoints.first(all.path(list), "name", name);
    }

    private String password() {
        return identity.context()
                .cluster()
                .passwords()
                .find(endpoint.passwordKey())
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-KEYSTONE-004",
                                        endpoint.passwordKey()
                                                + ": is empty or missing in passwords.yml",
                                        List.of()));
    }
}
