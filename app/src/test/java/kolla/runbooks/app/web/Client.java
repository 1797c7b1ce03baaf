package kolla.runbooks.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Talks to the program over HTTP, as one of the users of {@code web/users.yml}, or as nobody. */
public record Client(int port, Optional<String> user) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Client nobody(int port) {
        return new Client(port, Optional.empty());
    }

    public Client as(String name) {
        return new Client(port, Optional.of(name + ":" + name + "-password"));
    }

    public Client withLogin(String userAndPassword) {
        return new Client(port, Optional.of(userAndPassword));
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET().build());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer send(String method, String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json))
                        .build());
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        user.ifPresent(
                u ->
                        request.header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        u.getBytes(StandardCharsets.UTF_8))));
        return request;
    }

    public Answer send(HttpRequest request) {
        try {
            return new Answer(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every run, so that the next test finds the clusters' leases free. */
    public void cancelAll() {
        for (JsonNode run : get("/api/runs").json()) {
            if (!run.has("endedAt")) {
                post(
                        "/api/runs/" + run.get("id").asText() + "/cancel",
                        "{\"reason\":\"end of test\"}");
            }
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + response.body(), e);
            }
        }

        /** A value inside the JSON by its JSON pointer, as text. */
        public String at(String pointer) {
            return json().at(pointer).asText();
        }
    }
}
