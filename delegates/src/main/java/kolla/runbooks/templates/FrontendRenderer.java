package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.catalog.FrontendDefinition;
import kolla.runbooks.catalog.FrontendDefinition.CheckDefinition;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.tls.Side;

/**
 * The frontends of services: as records for the rollout, as data for the load balancer's template.
 */
final class FrontendRenderer {

    private final ClusterScopes scopes;

    FrontendRenderer(ClusterScopes scopes) {
        this.scopes = scopes;
    }

    List<Frontend> frontends(ServiceDefinition service, Texts texts) {
        return enabled(service, texts).stream()
                .map(
                        f ->
                                new Frontend(
                                        texts.string(f.name()),
                                        address(f, texts),
                                        texts.number(f.port(), 0),
                                        texts.truth(f.drained(), true),
                                        health(f, texts),
                                        side(f, texts)
                                                .map(
                                                        s ->
                                                                texts.variable(
                                                                        "kolla_" + s.word()
                                                                                + "_fqdn",
                                                                        f.name()))))
                .toList();
    }

    /** What the template's variable {@code frontends} holds for this service. */
    List<Map<String, Object>> data(ServiceDefinition service, List<Host> hosts, Texts texts) {
        List<Map<String, Object>> data = new ArrayList<>();
        enabled(service, texts).forEach(f -> data.add(data(service, f, hosts, texts)));
        return data;
    }

    private static List<FrontendDefinition> enabled(ServiceDefinition service, Texts texts) {
        return service.frontends().stream().filter(f -> texts.truth(f.enabled(), true)).toList();
    }

    private Map<String, Object> data(
            ServiceDefinition service, FrontendDefinition frontend, List<Host> hosts, Texts texts) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("service", service.name());
        data.put("name", texts.string(frontend.name()));
        data.put("mode", mode(frontend, texts));
        data.put("address", address(frontend, texts));
        data.put("port", texts.number(frontend.port(), 0));
        data.put("balance", texts.string(frontend.balance(), ""));
        data.put("client_timeout", texts.string(frontend.clientTimeout(), ""));
        data.put("server_timeout", texts.string(frontend.serverTimeout(), ""));
        data.put("frontend_options", texts.strings(frontend.frontendOptions()));
        data.put("options", texts.strings(frontend.options()));
        data.put("single_writer", texts.truth(frontend.singleWriter(), false));
        data.put("tls", side(frontend, texts).map(Side::word).orElse(""));
        data.put("check", check(frontend.check(), texts));
        data.put("servers", servers(frontend, hosts, texts));
        return data;
    }

    private static String address(FrontendDefinition frontend, Texts texts) {
        return frontend.address()
                .map(texts::string)
                .orElseGet(() -> texts.variable("kolla_internal_vip_address", frontend.name()));
    }

    /** Whose certificate it shows: every HTTP frontend at an address that speaks TLS does. */
    private static Optional<Side> side(FrontendDefinition frontend, Texts texts) {
        if (!texts.string(frontend.mode()).equals("http")) {
            return Optional.empty();
        }
        String address = address(frontend, texts);
        return Stream.of(Side.values())
                .filter(
                        s ->
                                address.equals(
                                        texts.variable(
                                                "kolla_" + s.word() + "_vip_address",
                                                frontend.name())))
                .findFirst()
                .filter(
                        s ->
                                texts.truth(
                                        variable("kolla_enable_tls_" + s.word(), frontend.name())));
    }

    private static Text variable(String name, Text where) {
        return new Text("{{ " + name + " }}", name, where.file(), where.line());
    }

    private static Optional<Frontend.Health> health(FrontendDefinition frontend, Texts texts) {
        if (!texts.string(frontend.mode()).equals("http")) {
            return Optional.empty();
        }
        return frontend.check()
                .flatMap(
                        check ->
                                check.path()
                                        .map(
                                                path ->
                                                        new Frontend.Health(
                                                                texts.string(path),
                                                                check.expect()
                                                                        .map(
                                                                                e ->
                                                                                        texts
                                                                                                .number(
                                                                                                        e,
                                                                                                        200))
                                                                        .orElse(200))));
    }

    private static String mode(FrontendDefinition frontend, Texts texts) {
        String mode = texts.string(frontend.mode());
        if (!mode.equals("http") && !mode.equals("tcp")) {
            texts.gap(frontend.mode(), "\"" + mode + "\" is neither http nor tcp");
        }
        return mode;
    }

    private static Map<String, Object> check(Optional<CheckDefinition> check, Texts texts) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", texts.string(check.flatMap(CheckDefinition::path), ""));
        data.put("expect", texts.string(check.flatMap(CheckDefinition::expect), "200"));
        data.put("port", texts.string(check.flatMap(CheckDefinition::port), ""));
        data.put("interval", texts.string(check.flatMap(CheckDefinition::interval), "2000"));
        data.put("rise", texts.string(check.flatMap(CheckDefinition::rise), "2"));
        data.put("fall", texts.string(check.flatMap(CheckDefinition::fall), "5"));
        data.put("on_marked_down", texts.string(check.flatMap(CheckDefinition::onDown), ""));
        return data;
    }

    private List<Map<String, Object>> servers(
            FrontendDefinition frontend, List<Host> hosts, Texts texts) {
        boolean singleWriter = texts.truth(frontend.singleWriter(), false);
        int port = texts.number(frontend.serverPort().orElse(frontend.port()), 0);
        List<Map<String, Object>> servers = new ArrayList<>();
        for (Host host : hosts) {
            Text name = frontend.name();
            Texts there = scopes.texts(host, texts.gaps());
            Map<String, Object> server = new LinkedHashMap<>();
            server.put("name", host.name());
            server.put("address", there.variable("api_interface_address", name));
            server.put("port", port);
            server.put("backup", singleWriter && !servers.isEmpty());
            servers.add(server);
        }
        return servers;
    }
}
