package kolla.runbooks.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Endpoints;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The catalogue by Keystone's API: looks for each entry by name and makes or corrects only what
 * differs. Fails with {@code KR-KEYSTONE-003}.
 */
public final class KeystoneEndpoints implements Endpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public boolean ensure(RolloutContext context, Endpoint endpoint) {
        RolloutContext keystone = context.about(keystone(context));
        Identity identity = new Identity(keystone, running(keystone));
        String token = identity.token();
        boolean entries = entries(identity, token, endpoint);
        boolean account = !endpoint.user().isEmpty() && account(identity, token, endpoint);
        return entries || account;
    }

    private static boolean entries(Identity identity, String token, Endpoint endpoint) {
        JsonNode services =
                identity.get(token, "/services?type=" + encoded(endpoint.type())).body();
        Optional<JsonNode> service = first(services.path("services"), "name", endpoint.name());
        if (service.isPresent() && sameUrls(identity, token, service.get(), endpoint)) {
            return false;
        }
        identity.context()
                .journal()
                .perform(
                        identity.host().name(),
                        "endpoints of " + endpoint.name(),
                        endpoint.internalUrl(),
                        () -> {
                            JsonNode found =
                                    service.orElseGet(() -> create(identity, token, endpoint));
                            urls(identity, token, found, endpoint);
                            return "in the catalogue";
                        });
        return true;
    }

    private static boolean sameUrls(
            Identity identity, String token, JsonNode service, Endpoint endpoint) {
        Map<String, JsonNode> seen = listed(identity, token, service);
        return wanted(endpoint).entrySet().stream()
                .allMatch(
                        e ->
                                seen.containsKey(e.getKey())
                                        && seen.get(e.getKey())
                                                .path("url")
                                                .asText()
                                                .equals(e.getValue()));
    }

    private static JsonNode create(Identity identity, String token, Endpoint endpoint) {
        ObjectNode body = JSON.objectNode();
        body.putObject("service")
                .put("name", endpoint.name())
                .put("type", endpoint.type())
                .put("description", endpoint.description());
        return identity.post(token, "/services", body).body().path("service");
    }

    private static void urls(Identity identity, String token, JsonNode service, Endpoint endpoint) {
        Map<String, JsonNode> seen = listed(identity, token, service);
        wanted(endpoint)
                .forEach(
                        (kind, url) -> {
                            ObjectNode body = JSON.objectNode();
                            ObjectNode entry = body.putObject("endpoint").put("url", url);
                            if (!seen.containsKey(kind)) {
                                entry.put("interface", kind)
                                        .put(
                                                "region_id",
                                                KeystoneBootstrap.region(identity.context()))
                                        .put("service_id", service.path("id").asText());
                                identity.post(token, "/endpoints", body);
                            } else if (!seen.get(kind).path("url").asText().equals(url)) {
                                identity.patch(
                                        token,
                                        "/endpoints/" + seen.get(kind).path("id").asText(),
                                        body);
                            }
                        });
    }

    private static Map<String, JsonNode> listed(Identity identity, String token, JsonNode service) {
        String region = KeystoneBootstrap.region(identity.context());
        Map<String, JsonNode> seen = new LinkedHashMap<>();
        JsonNode all =
                identity.get(token, "/endpoints?service_id=" + service.path("id").asText()).body();
        for (JsonNode endpoint : all.path("endpoints")) {
            if (endpoint.path("region_id").asText().equals(region)) {
                seen.put(endpoint.path("interface").asText(), endpoint);
            }
        }
        return seen;
    }

    private static Map<String, String> wanted(Endpoint endpoint) {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("internal", endpoint.internalUrl());
        urls.put("public", endpoint.publicUrl());
        if (!endpoint.adminUrl().isEmpty()) {
            urls.put("admin", endpoint.adminUrl());
        }
        return urls;
    }

    /** The service's user; a password that does not log in is set again. */
    private static boolean account(Identity identity, String token, Endpoint endpoint) {
        ServiceUser user = new ServiceUser(identity, token, endpoint);
        if (user.stands()) {
            return false;
        }
        identity.context()
                .journal()
                .perform(
                        identity.host().name(),
                        "user " + endpoint.user(),
                        "it can log in to project service with role admin",
                        () -> {
                            user.make();
                            return "made";
                        });
        return true;
    }

    static Optional<JsonNode> first(JsonNode list, String field, String value) {
        for (JsonNode node : list) {
            if (node.path(field).asText().equals(value)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static DesiredService keystone(RolloutContext context) {
        return context.deployment()
                .ofKind("keystone")
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-KEYSTONE-003",
                                        context.service().name()
                                                + " has endpoints but no service of kind keystone"
                                                + " is enabled",
                                        List.of()));
    }

    private static Host running(RolloutContext keystone) {
        return keystone.service().hosts().stream()
                .filter(
                        h ->
                                keystone.engine(h)
                                        .inspect(FernetRepository.CONTAINER)
                                        .map(ContainerState::running)
                                        .orElse(false))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-KEYSTONE-003", "no Keystone runs", List.of()));
    }
}
