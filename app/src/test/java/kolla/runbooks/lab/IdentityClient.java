package kolla.runbooks.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client of the cloud's Keystone at its virtual address. */
final class IdentityClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final HttpClient http;
    private String token = "";

    /** One that believes the lab's authority alone, where the lab speaks TLS. */
    IdentityClient(LabCluster cluster) {
        base = cluster.keystone() + "/v3";
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
        cluster.trust().ifPresent(builder::sslContext);
        http = builder.build();
    }

    /** Logs in; the catalogue's URLs come with the token: by type, then by interface. */
    Optional<Map<String, Map<String, String>>> login(String user, String password, String project) {
        Map<String, Object> domain = Map.of("id", "default");
        Map<String, Object> body =
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        new String[] {"password"},
                                        "password",
                                        Map.of(
                                                "user",
                                                Map.of(
                                                        "name",
                                                        user,
                                                        "password",
                                                        password,
                                                        "domain",
                                                        domain))),
                                "scope",
                                Map.of("project", Map.of("name", project, "domain", domain))));
        try {
            HttpResponse<String> answer =
                    send("POST", "/auth/tokens", JSON.writeValueAsString(body));
            if (answer.statusCode() != 201) {
                return Optional.empty();
            }
            token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
            return Optional.of(catalogue(JSON.readTree(answer.body())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of who logged in last. */
    String token() {
        return token;
    }

    private static Map<String, Map<String, String>> catalogue(JsonNode login) {
        Map<String, Map<String, String>> catalogue = new TreeMap<>();
        for (JsonNode service : login.path("token").path("catalog")) {
            Map<String, String> urls = new TreeMap<>();
            service.path("endpoints")
                    .forEach(e -> urls.put(e.get("interface").asText(), e.get("url").asText()));
            catalogue.put(service.get("type").asText(), urls);
        }
        return catalogue;
    }

    /** Removes what a list names so, with what hangs on it; as who logged in last. */
    void remove(String list, String name) {
        try {
            JsonNode found = JSON.readTree(send("GET", "/" + list + "?name=" + name, "").body());
            for (JsonNode entry : found.path(list)) {
                send("DELETE", "/" + list + "/" + entry.get("id").asText(), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json")
                            .header("X-Auth-Token", token)
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
