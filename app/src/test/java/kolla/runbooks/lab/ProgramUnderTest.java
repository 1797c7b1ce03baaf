package kolla.runbooks.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program as it is shipped, in a process of its own that can be killed, and its REST API. */
final class ProgramUnderTest implements AutoCloseable {

    /** What the API answered. */
    record Answer(int status, JsonNode body) {}

    private static final List<String> ENDS =
            List.of("FAILED_STEP", "FAILED", "CANCELLED", "REJECTED", "EXPIRED", "SUCCEEDED");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final int port;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> logins = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Process process;

    private ProgramUnderTest(Lab lab, Path home, int port) {
        this.home = home;
        this.port = port;
        for (String line : lab.run("env").split("\n")) {
            String[] pair = line.replace("export ", "").split("=", 2);
            logins.put(pair[0], pair[1].replaceAll("^['\"]|['\"]$", ""));
        }
        with("runbooks.home", home.toString());
        with("runbooks.node-id", "lab-test");
        with("runbooks.clusters.lab", lab.clusterFolder().toString());
        with("runbooks.users-file", lab.clusterFolder().resolveSibling("users.yml").toString());
        with("server.port", String.valueOf(port));
    }

    /** Its home is below the build's folder, so that its log can be read after a failure. */
    static ProgramUnderTest of(Lab lab, String name, int port) throws IOException {
        Path folder = Path.of("target").toAbsolutePath();
        return new ProgramUnderTest(lab, Files.createTempDirectory(folder, name + "-"), port);
    }

    ProgramUnderTest with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    void start() {
        try {
            process =
                    new ProcessBuilder(command())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            home.resolve("program.log").toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the program answers, see " + home.resolve("program.log"))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() -> process.isAlive() && healthy());
    }

    private List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                System.getProperty("runbooks.jar")));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    private boolean healthy() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/actuator/health"))
                        .timeout(Duration.ofSeconds(3))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());
    }

    /**
     * @param user {@code OPERATOR}, {@code APPROVER}, … as {@code lab/lab env} names them
     */
    Answer get(String user, String path) {
        return send(user, HttpRequest.newBuilder(uri(path)).GET());
    }

    /** What is no JSON. */
    String text(String user, String path) {
        try {
            return http.send(
                            authorized(user, HttpRequest.newBuilder(uri(path)).GET()),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest authorized(String user, HttpRequest.Builder request) {
        String login =
                Base64.getEncoder()
                        .encodeToString(logins.get(user).getBytes(StandardCharsets.UTF_8));
        return request.header("Authorization", "Basic " + login)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    Answer post(String user, String path, Object body) {
        try {
            return send(
                    user,
                    HttpRequest.newBuilder(uri(path))
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(String user, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(authorized(user, request), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), JSON.readTree(text.isEmpty() ? "null" : text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where its web applications are. */
    URI address() {
        return uri("/");
    }

    /**
     * Name and password of one of the lab's demo users.
     *
     * @param user {@code OPERATOR}, {@code APPROVER}, … as {@code lab/lab env} names them
     */
    String[] login(String user) {
        return logins.get(user).split(":", 2);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Whether the program's log says that this step of the run was begun. */
    boolean hasBegun(String run, String step) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("program.log"))) {
            return lines.anyMatch(l -> l.endsWith("run " + run + " step " + step + " begins"));
        }
    }

    /** How many steps of this run the program's log says were begun. */
    long stepsBegun(String run) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("program.log"))) {
            return lines.filter(l -> l.contains("run " + run + " step ") && l.endsWith(" begins"))
                    .count();
        }
    }

    // ---- What a test says about runs
    // -------------------------------------------------------------

    Answer ask(String user, String ticket) {
        return ask(user, "deploy", ticket);
    }

    Answer ask(String user, String runbook, String ticket) {
        return post(
                user,
                "/api/clusters/lab/runs",
                Map.of(
                        "runbook",
                        runbook,
                        "ticket",
                        ticket,
                        "reason",
                        "a test",
                        "parameters",
                        Map.of()));
    }

    /** Starts a deployment and returns its run's id. */
    String deploy(String ticket) {
        return begin("deploy", ticket);
    }

    /** Starts a run and returns its id. */
    String begin(String runbook, String ticket) {
        Answer answer = ask("OPERATOR", runbook, ticket);
        if (answer.status() != 201) {
            throw new AssertionError("not started: " + answer);
        }
        return answer.body().get("id").asText();
    }

    JsonNode run(String id) {
        return get("OPERATOR", "/api/runs/" + id).body();
    }

    String state(String id) {
        return run(id).path("state").asText();
    }

    /** Waits until the run is in one of these states and returns it. */
    JsonNode await(String id, Duration limit, String... states) {
        Awaitility.await("run " + id + " is " + List.of(states))
                .atMost(limit)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .failFast("the run ended otherwise or failed", () -> endedOtherwise(id, states))
                .until(() -> List.of(states).contains(state(id)));
        return run(id);
    }

    private boolean endedOtherwise(String id, String... states) {
        String state = quietState(id);
        return ENDS.contains(state) && !List.of(states).contains(state);
    }

    private String quietState(String id) {
        try {
            return state(id);
        } catch (UncheckedIOException away) {
            return "";
        }
    }

    /** The plan as an approver reads it. */
    String planText(String id) {
        return get("APPROVER", "/api/runs/" + id + "/plan").body().path("text").asText();
    }

    String digest(String id) {
        return get("APPROVER", "/api/runs/" + id + "/plan").body().get("digest").asText();
    }

    Answer decide(String user, String id, String decision, String digest) {
        return post(
                user,
                "/api/runs/" + id + "/approval",
                Map.of("decision", decision, "planDigest", digest, "comment", "a test"));
    }

    void approve(String id) {
        await(id, Duration.ofMinutes(2), "WAITING_FOR_APPROVAL");
        Answer answer = decide("APPROVER", id, "approve", digest(id));
        if (answer.status() >= 300) {
            throw new AssertionError("not approved: " + answer);
        }
    }

    /** Waits until the run asks what this sentence is a part of, and returns the whole question. */
    String question(String id, Duration limit, String sentence) {
        Awaitility.await("run " + id + " asks: " + sentence)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .failFast("the run ended", () -> endedOtherwise(id))
                .until(
                        () ->
                                state(id).equals("WAITING_FOR_APPROVAL")
                                        && planText(id).contains(sentence));
        return planText(id);
    }

    /** Decides about what is asked now. */
    void answer(String user, String id, String decision) {
        Answer answer = decide(user, id, decision, digest(id));
        if (answer.status() >= 300) {
            throw new AssertionError("not decided: " + answer);
        }
    }

    void retry(String id) {
        post("OPERATOR", "/api/runs/" + id + "/retry", Map.of());
    }

    void cancel(String id) {
        post("OPERATOR", "/api/runs/" + id + "/cancel", Map.of("reason", "a test has ended"));
    }

    void cancelAll() {
        for (JsonNode run : get("OPERATOR", "/api/runs").body()) {
            if (!run.has("endedAt")) {
                cancel(run.get("id").asText());
            }
        }
    }

    JsonNode actions(String id) {
        return get("OPERATOR", "/api/runs/" + id + "/actions").body().get("actions");
    }

    /** Starts a run with parameters of its own and returns its id. */
    String begin(String runbook, String ticket, Map<String, ?> parameters) {
        Answer answer =
                post(
                        "OPERATOR",
                        "/api/clusters/lab/runs",
                        Map.of(
                                "runbook",
                                runbook,
                                "ticket",
                                ticket,
                                "reason",
                                "a test",
                                "parameters",
                                parameters));
        if (answer.status() != 201) {
            throw new AssertionError("not started: " + answer);
        }
        return answer.body().get("id").asText();
    }

    /** The actions that were completed more than once. */
    List<String> doneMoreThanOnce(String run) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (JsonNode action : actions(run)) {
            String name =
                    action.get("step").asText()
                            + "/"
                            + action.get("host").asText()
                            + "/"
                            + action.get("action").asText();
            // A bootstrap that was killed half way is begun anew, and says so again first.
            boolean announcement = name.endsWith("mark data as being made");
            if (action.get("state").asText().equals("DONE") && !announcement && !seen.add(name)) {
                twice.add(name);
            }
        }
        return twice;
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> !process.isAlive());
        }
    }
}
