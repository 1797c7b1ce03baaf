package kolla.runbooks.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Keystone's first account, project, role and endpoints, by {@code keystone-manage bootstrap} in a
 * running container. It is made to be run again and brings the administrator's password up to date.
 */
final class KeystoneBootstrap {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private KeystoneBootstrap() {}

    /** Whether the administrator can log in and the endpoints are those of the catalogue. */
    static boolean stands(RolloutContext context, Host host) {
        Identity identity = new Identity(context, host);
        Curl.Answer login = identity.issueToken();
        return login.ok() && endpoints(login.body()).equals(wanted(context));
    }

    /** Whether Keystone says that this is not the administrator's password. */
    static boolean refused(RolloutContext context) {
        return context.service().hosts().stream()
                .filter(
                        h ->
                                context.engine(h)
                                        .inspect(FernetRepository.CONTAINER)
                                        .map(ContainerState::running)
                                        .orElse(false))
                .findFirst()
                .map(h -> new Identity(context, h).issueToken().status() == 401)
                .orElse(false);
    }

    static void run(RolloutContext context, Host host) {
        context.journal()
                .perform(
                        host.name(),
                        "bootstrap keystone",
                        "the administrator can log in, and Keystone's endpoints are "
                                + wanted(context),
                        () -> act(context, host));
    }

    private static String act(RolloutContext context, Host host) {
        Endpoint endpoint = context.service().endpoint().orElseThrow();
        ContainerEngine.ExecResult result =
                context.engine(host)
                        .exec(
                                FernetRepository.CONTAINER,
                                List.of(
                                        "keystone-manage",
                                        "bootstrap",
                                        "--bootstrap-username",
                                        setting(context, "keystone_admin_user", "admin"),
                                        "--bootstrap-project-name",
                                        setting(context, "keystone_admin_project", "admin"),
                                        "--bootstrap-role-name",
                                        "admin",
                                        "--bootstrap-service-name",
                                        endpoint.name(),
                                        "--bootstrap-region-id",
                                        region(context),
                                        "--bootstrap-admin-url",
                                        endpoint.adminUrl(),
                                        "--bootstrap-internal-url",
                                        endpoint.internalUrl(),
                                        "--bootstrap-public-url",
                                        endpoint.publicUrl()),
                                Map.of("OS_BOOTSTRAP_PASSWORD", Identity.adminPassword(context)),
                                Optional.of("keystone"),
                                LIMIT);
        if (!result.ok()) {
            String[] words = (result.out() + "\n" + result.err()).strip().split("\n");
            throw RunbookFailure.person(
                    "KR-KEYSTONE-004",
                    host.name(),
                    "keystone-manage bootstrap ended with " + result.exit() + " instead of 0",
                    java.util.Arrays.copyOfRange(
                            words, Math.max(0, words.length - 20), words.length));
        }
        return "ended with 0";
    }

    static String region(RolloutContext context) {
        return setting(context, "openstack_region_name", "RegionOne");
    }

    private static Map<String, String> wanted(RolloutContext context) {
        Endpoint endpoint = context.service().endpoint().orElseThrow();
        return Map.of(
                "admin", endpoint.adminUrl(),
                "internal", endpoint.internalUrl(),
                "public", endpoint.publicUrl());
    }

    /** By interface, the identity endpoints in the catalogue that came with a token. Pure. */
    static Map<String, String> endpoints(JsonNode login) {
        Map<String, String> urls = new HashMap<>();
        for (JsonNode service : login.path("token").path("catalog")) {
            if (service.path("type").asText().equals("identity")) {
                for (JsonNode endpoint : service.path("endpoints")) {
                    urls.put(endpoint.path("interface").asText(), endpoint.path("url").asText());
                }
            }
        }
        return urls;
    }

    private static String setting(RolloutContext context, String name, String otherwise) {
        return context.service().settings().string(name, otherwise);
    }
}
