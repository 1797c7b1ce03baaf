package kolla.runbooks.loadbalancer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** HAProxy's runtime socket on one host, reached from inside its container. */
final class HaproxySocket {

    static final String CONTAINER = "haproxy";
    private static final String SOCKET = "UNIX-CONNECT:/var/lib/kolla/haproxy/haproxy.sock";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private HaproxySocket() {}

    /** Whether a HAProxy runs there. */
    static boolean runs(RolloutContext context, Host host) {
        return context.engine(host).inspect(CONTAINER).map(ContainerState::running).orElse(false);
    }

    static List<HaproxyServer> servers(RolloutContext context, Host host) {
        return HaproxyServer.parse(say(context, host, "show stat"));
    }

    /** What it has loaded, by the file's name in its container. */
    static Map<String, Optional<LoadedCertificate>> certificates(
            RolloutContext context, Host host) {
        Map<String, Optional<LoadedCertificate>> loaded = new LinkedHashMap<>();
        say(context, host, "show ssl cert")
                .lines()
                .map(String::strip)
                .filter(l -> l.startsWith("/"))
                .forEach(file -> loaded.put(file, certificate(context, host, file)));
        return loaded;
    }

    static Optional<LoadedCertificate> certificate(RolloutContext context, Host host, String file) {
        return LoadedCertificate.parse(say(context, host, "show ssl cert " + file));
    }

    /** Sets a server's administrative state: {@code drain} or {@code ready}. */
    static void set(RolloutContext context, Host host, HaproxyServer server, String state) {
        String answer =
                say(
                                context,
                                host,
                                "set server "
                                        + server.backend()
                                        + "/"
                                        + server.server()
                                        + " state "
                                        + state)
                        .strip();
        // HAProxy is silent when it has done what it was told
        if (!answer.isEmpty()) {
            throw failure(host, "refused to set the state of a server: " + answer);
        }
    }

    private static String say(RolloutContext context, Host host, String command) {
        ContainerEngine.ExecResult result =
                context.engine(host)
                        .exec(
                                CONTAINER,
                                List.of(
                                        "sh",
                                        "-c",
                                        "printf '%s\\n' \"$1\" | socat -t 5 - \"$2\"",
                                        "sh",
                                        command,
                                        SOCKET),
                                Map.of(),
                                Optional.of("root"),
                                LIMIT);
        if (!result.ok()) {
            throw failure(
                    host,
                    "does not answer on its runtime socket (exit "
                            + result.exit()
                            + "): "
                            + result.err().strip());
        }
        return result.out();
    }

    private static RunbookFailure failure(Host host, String what) {
        return RunbookFailure.person("KR-LB-006", host.name(), "HAProxy " + what);
    }
}
