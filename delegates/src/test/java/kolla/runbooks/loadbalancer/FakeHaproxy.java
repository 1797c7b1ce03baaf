package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine.ExecResult;

/** The runtime socket of a HAProxy with one backend, as version 2.6 answers. */
final class FakeHaproxy {

    private static final class Server {
        private boolean healthy = true;
        private boolean drained;
        private int sessions;

        /** The check comes first: only a server that is up is shown as drained. */
        private String status() {
            if (!healthy) {
                return "DOWN";
            }
            return drained ? "DRAIN" : "UP";
        }
    }

    private final String backend;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();

    FakeHaproxy(String backend, String... hosts) {
        this.backend = backend;
        for (String host : hosts) {
            servers.put(host, new Server());
        }
    }

    void healthy(String host, boolean healthy) {
        servers.get(host).healthy = healthy;
    }

    void sessions(String host, int sessions) {
        servers.get(host).sessions = sessions;
    }

    /** The {@code set server} commands that came. */
    List<String> told() {
        return List.copyOf(told);
    }

    Optional<ExecResult> exec(String container, List<String> argv) {
        return container.equals(HaproxySocket.CONTAINER)
                ? Optional.of(new ExecResult(0, answer(argv.get(4)), ""))
                : Optional.empty();
    }

    private String answer(String command) {
        if (command.equals("show stat")) {
            StringBuilder csv = new StringBuilder("# pxname,svname,scur,status,\n");
            servers.forEach(
                    (host, s) ->
                            csv.append(backend + "," + host + "," + s.sessions + "," + s.status())
                                    .append(",\n"));
            return csv.toString();
        }
        told.add(command);
        String[] words = command.split(" ");
        servers.get(words[2].split("/")[1]).drained = words[4].equals("drain");
        return "\n";
    }
}
