package kolla.runbooks.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;

/** Configuration of a running container: whether it has taken it over, and taking it over. */
final class Reload {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Reload() {}

    /**
     * Whether the files inside the container are those on the host ({@code kolla_set_configs
     * --check}); false when the container cannot say.
     */
    static boolean configurationTaken(ContainerEngine engine, String container) {
        try {
            return asRoot(engine, container, List.of("kolla_set_configs", "--check")).ok();
        } catch (RunbookFailure e) {
            // it ended between two looks
            if (e.code().equals("KR-ENGINE-005")) {
                return false;
            }
            throw e;
        }
    }

    /** Copies the configuration into the container and tells its process. */
    static void take(ContainerEngine engine, Host host, DesiredContainer desired) {
        String name = desired.spec().name();
        for (List<String> argv : List.of(List.of("kolla_set_configs"), desired.reload())) {
            ContainerEngine.ExecResult result = asRoot(engine, name, argv);
            if (!result.ok()) {
                throw RunbookFailure.person(
                        "KR-ROLLOUT-004",
                        host.name(),
                        "the container "
                                + name
                                + " did not take over its new configuration: "
                                + String.join(" ", argv)
                                + " ended with "
                                + result.exit(),
                        Tail.of(result.out() + "\n" + result.err(), 20));
            }
        }
    }

    private static ContainerEngine.ExecResult asRoot(
            ContainerEngine engine, String container, List<String> argv) {
        return engine.exec(container, argv, Map.of(), Optional.of("root"), LIMIT);
    }
}
