package kolla.runbooks.preparation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's configuration file as it concerns us: only {@code insecure-registries}. All other
 * keys stay, in their order. Pure.
 */
final class EngineConfiguration {

    static final String PATH = "/etc/docker/daemon.json";
    private static final String KEY = "insecure-registries";
    private static final Pattern RANGE =
            Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)/(\\d+)");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)(?::\\d+)?");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private EngineConfiguration() {}

    /** Why the file cannot be merged with; empty when it can. A file that is not there can. */
    static Optional<String> unreadable(Optional<String> text) {
        try {
            JsonNode list = read(text).path(KEY);
            return list.isMissingNode() || list.isArray()
                    ? Optional.empty()
                    : Optional.of(KEY + " is no list");
        } catch (JsonProcessingException e) {
            return Optional.of(e.getOriginalMessage());
        }
    }

    /** Whether a readable file names the registry. */
    static boolean names(Optional<String> text, String registry) {
        try {
            for (JsonNode entry : read(text).path(KEY)) {
                if (entry.asText().equals(registry)) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /**
     * The file's text with the registry in it.
     *
     * @throws IllegalArgumentException when the file cannot be merged with
     */
    static String with(Optional<String> text, String registry) {
        try {
            ObjectNode whole = read(text);
            ArrayNode list = whole.withArray(KEY);
            if (!names(text, registry)) {
                list.add(registry);
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(PATH + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Whether an engine that reaches these without TLS reaches the registry so.
     *
     * @param insecure names and ranges, see {@code ContainerEngine.Info}
     */
    static boolean reaches(Collection<String> insecure, String registry) {
        return insecure.stream().anyMatch(i -> i.equals(registry) || isIn(i, registry));
    }

    private static boolean isIn(String range, String registry) {
        Matcher net = RANGE.matcher(range);
        Matcher host = ADDRESS.matcher(registry);
        if (!net.matches() || !host.matches()) {
            return false;
        }
        int free = 32 - Integer.parseInt(net.group(5));
        return number(net).shiftRight(free).equals(number(host).shiftRight(free));
    }

    private static BigInteger number(Matcher quad) {
        BigInteger number = BigInteger.ZERO;
        for (int part = 1; part <= 4; part++) {
            number = number.shiftLeft(8).add(new BigInteger(quad.group(part)));
        }
        return number;
    }

    private static ObjectNode read(Optional<String> text) throws JsonProcessingException {
        String content = text.orElse("").isBlank() ? "{}" : text.get();
        JsonNode node = JSON.readTree(content);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new com.fasterxml.jackson.databind.JsonMappingException(null, "it is no JSON object");
    }
}
