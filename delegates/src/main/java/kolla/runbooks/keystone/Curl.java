package kolla.runbooks.keystone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kolla.runbooks.containers.ContainerEngine;

/**
 * HTTP requests from a host, by the {@code curl} inside Keystone's container there: this program
 * need not reach the virtual address, and what is asked is seen as a client on that host sees it.
 * The request travels in the environment, so that neither password nor token stands in an argument
 * vector.
 */
final class Curl {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("(?im)^x-subject-token:\\s*(\\S+)\\s*$");

    /**
     * @param status of HTTP; 0 when there was no answer
     * @param token in the header {@code X-Subject-Token}
     * @param error what curl said when there was no answer
     */
    record Answer(int status, Optional<String> token, JsonNode body, String error) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** For people. */
        String describe() {
            String message = body.path("error").path("message").asText("");
            return status == 0
                    ? "no answer (" + error + ")"
                    : "HTTP " + status + (message.isEmpty() ? "" : " \"" + message + "\"");
        }
    }

    /** No string of a process's environment may have more than 128 KiB. */
    private static final int ENVIRONMENT_LIMIT = 100_000;

    private static final String TRUST = "KR_CURL_TRUST_";

    private Curl() {}

    /** The authorities by variable, in pieces: a bundle of all that everybody knows is large. */
    private static Map<String, String> trust(Optional<String> authorities) {
        Map<String, String> pieces = new LinkedHashMap<>();
        String rest = authorities.orElse("");
        while (!rest.isEmpty()) {
            int length = Math.min(ENVIRONMENT_LIMIT, rest.length());
            pieces.put(TRUST + pieces.size(), rest.substring(0, length));
            rest = rest.substring(length);
        }
        return pieces;
    }

    /** The authorities are in a file for as long as curl needs them. */
    private static String script(Set<String> trust) {
        String curl = "printf '%s' \"$KR_CURL\" | ";
        if (trust.isEmpty()) {
            return curl + "exec curl --config -";
        }
        String pieces = trust.stream().map(v -> "\"$" + v + "\"").collect(Collectors.joining(" "));
        return "f=$(mktemp) && trap 'rm -f \"$f\"' EXIT && printf '%s' "
                + pieces
                + " >\"$f\" && "
                + curl
                + "curl --cacert \"$f\" --config -";
    }

    /** A request to a host's own service, which speaks plainly. */
    static Answer send(
            ContainerEngine engine,
            String method,
            String url,
            Optional<String> token,
            Optional<String> json) {
        return send(engine, method, url, token, json, Optional.empty());
    }

    /**
     * @param authorities certificates in PEM; only whom they signed is believed. Empty: the image's
     *     own
     */
    static Answer send(
            ContainerEngine engine,
            String method,
            String url,
            Optional<String> token,
            Optional<String> json,
            Optional<String> authorities) {
        StringBuilder config = new StringBuilder();
        config.append("silent\nshow-error\ninclude\nmax-time = 30\n");
        line(config, "request", method);
        line(config, "url", url);
        token.ifPresent(t -> line(config, "header", "X-Auth-Token: " + t));
        json.ifPresent(
                body -> {
                    line(config, "header", "Content-Type: application/json");
                    line(config, "data-raw", body);
                });
        config.append("write-out = \"\\n%{http_code}\"\n");
        Map<String, String> trust = trust(authorities);
        Map<String, String> environment = new LinkedHashMap<>(trust);
        environment.put("KR_CURL", config.toString());
        ContainerEngine.ExecResult result =
                engine.exec(
                        FernetRepository.CONTAINER,
                        List.of("sh", "-c", script(trust.keySet())),
                        environment,
                        Optional.empty(),
                        LIMIT);
        return result.ok()
                ? parse(result.out())
                : new Answer(0, Optional.empty(), MissingNode.getInstance(), result.err().strip());
    }

    /** Headers, empty line, body, and the status in a line of its own. Pure. */
    static Answer parse(String output) {
        String text = output.replace("\r\n", "\n").stripTrailing();
        int last = text.lastIndexOf('\n');
        String status = text.substring(last + 1).strip();
        String message = last < 0 ? "" : text.substring(0, last);
        int empty = message.indexOf("\n\n");
        String headers = empty < 0 ? message : message.substring(0, empty);
        String body = empty < 0 ? "" : message.substring(empty + 2);
        Matcher token = TOKEN.matcher(headers);
        return new Answer(
                status.matches("\\d{3}") ? Integer.parseInt(status) : 0,
                token.find() ? Optional.of(token.group(1)) : Optional.empty(),
                json(body),
                "");
    }

    private static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** One option of curl's configuration; inside quotes it knows these escapes. */
    private static void line(StringBuilder config, String option, String value) {
        config.append(option)
                .append(" = \"")
                .append(
                        value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t"))
                .append("\"\n");
    }
}
