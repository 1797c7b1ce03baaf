package kolla.runbooks.containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an engine would tell about a container that it made on our request: the request merged with
 * what the image brings, as Docker does it. The wire format is docker-java's own, both ways.
 */
final class InspectedAs {

    static final ObjectMapper MAPPER = DockerClientConfig.getDefaultObjectMapper();

    private final Map<String, String> imageEnvironment = new LinkedHashMap<>();
    private final Map<String, String> imageLabels = new LinkedHashMap<>();
    private String imageHealth = "";

    InspectedAs imageVariable(String name, String value) {
        imageEnvironment.put(name, value);
        return this;
    }

    InspectedAs imageLabel(String name, String value) {
        imageLabels.put(name, value);
        return this;
    }

    InspectedAs imageHealth(String json) {
        imageHealth = json;
        return this;
    }

    /** The request's own JSON. */
    static ObjectNode request(ContainerSpec spec) {
        CreateContainerCmdImpl request =
                new CreateContainerCmdImpl(
                        c -> {
                            throw new IllegalStateException("not sent");
                        },
                        null,
                        spec.image());
        ContainerMaking.fill(request, spec);
        return MAPPER.valueToTree(request);
    }

    InspectContainerResponse inspect(ContainerSpec spec) {
        return parse(json(spec));
    }

    ObjectNode json(ContainerSpec spec) {
        ObjectNode request = request(spec);
        ObjectNode config = MAPPER.createObjectNode();
        config.set("Image", request.get("Image"));
        config.set("Env", environment(request));
        config.set("Labels", labels(request));
        if (request.hasNonNull("Healthcheck")) {
            config.set("Healthcheck", request.get("Healthcheck"));
        } else if (!imageHealth.isEmpty()) {
            config.set("Healthcheck", tree(imageHealth));
        }
        config.set("StopTimeout", request.get("StopTimeout"));
        ObjectNode container = MAPPER.createObjectNode();
        container.put("Id", "0123").put("Name", "/" + spec.name()).put("Image", "sha256:ab");
        container.put("RestartCount", 2);
        container.set("Config", config);
        container.set("HostConfig", request.get("HostConfig"));
        container.set(
                "State",
                tree(
                        "{\"Running\":true,\"ExitCode\":0,"
                                + "\"StartedAt\":\"2026-01-02T03:04:05.678901234Z\","
                                + "\"FinishedAt\":\"0001-01-01T00:00:00Z\","
                                + "\"Health\":{\"Status\":\"healthy\"}}"));
        return container;
    }

    static InspectContainerResponse parse(ObjectNode json) {
        try {
            return MAPPER.readValue(json.toString(), InspectContainerResponse.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ArrayNode environment(ObjectNode request) {
        Map<String, String> all = new LinkedHashMap<>();
        imageEnvironment.forEach((name, value) -> all.put(name, name + "=" + value));
        request.path("Env")
                .forEach(
                        v -> all.put(v.asText().substring(0, v.asText().indexOf('=')), v.asText()));
        ArrayNode array = MAPPER.createArrayNode();
        all.values().forEach(array::add);
        return array;
    }

    private ObjectNode labels(ObjectNode request) {
        ObjectNode all = MAPPER.createObjectNode();
        imageLabels.forEach(all::put);
        request.path("Labels").properties().forEach(l -> all.set(l.getKey(), l.getValue()));
        return all;
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
