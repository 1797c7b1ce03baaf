package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Takes what services left on a host away: containers, their configuration with its secrets, packet
 * filter chains. Volumes hold data; they go only when that was approved. Run twice, the second time
 * finds nothing.
 */
public final class HostClearing {

    static final String NOT_CLEARED = "KR-MEMBERS-007";

    /** Arguments: names of containers. Removes their folders and notes; prints what was there. */
    private static final String FILES =
            """
            for name in "$@"; do
              for path in "/etc/kolla/$name" "/etc/kolla/${name}_check" "/etc/kolla/.runbooks/$name"; do
                [ -e "$path" ] || continue
                rm -rf "$path" || exit 1
                echo "$path"
              done
            done
            exit 0
            """;

    /** Arguments: ports. Removes our chains for them; prints the ports that had one. */
    private static final String FENCES =
            """
            command -v iptables >/dev/null || exit 0
            for port in "$@"; do
              chain="KR-FENCE-$port"
              iptables -w 5 -S "$chain" >/dev/null 2>&1 || continue
              while iptables -w 5 -D INPUT -p tcp -m tcp --dport "$port" -j "$chain" 2>/dev/null; do :; done
              iptables -w 5 -F "$chain" && iptables -w 5 -X "$chain" || exit 1
              echo "$port"
            done
            exit 0
            """;

    private static final String VOLUMES =
            """
            for volume in "$@"; do
              docker volume inspect "$volume" >/dev/null 2>&1 || continue
              docker volume rm "$volume" || exit 1
            done
            exit 0
            """;

    private HostClearing() {}

    /**
     * @param context of any service of the deployment in which the host still is
     * @param services that leave it
     * @param volumes whether their data are deleted as well
     */
    public static void clear(
            RolloutContext context, List<DesiredService> services, Host host, boolean volumes) {
        List<DesiredContainer> containers =
                new ArrayList<>(services.stream().flatMap(s -> s.on(host).stream()).toList());
        Collections.reverse(containers);
        ContainerEngine engine = context.engine(host);
        for (DesiredContainer container : containers) {
            remove(context, host, engine, container);
        }
        List<String> names = containers.stream().map(c -> c.spec().name()).toList();
        run(context, host, "remove configuration", "it holds secrets", FILES, names);
        run(
                context,
                host,
                "remove packet filter chains",
                "nothing listens here",
                FENCES,
                ports(services));
        if (volumes) {
            List<String> data = volumes(context.deployment(), services, host);
            run(
                    context,
                    host,
                    "delete volumes",
                    "approved: " + String.join(", ", data),
                    VOLUMES,
                    data);
        }
    }

    /** The named volumes of these services that no other service on the host uses. */
    public static List<String> volumes(
            Deployment deployment, List<DesiredService> services, Host host) {
        List<String> going = services.stream().map(DesiredService::name).toList();
        Set<String> names = names(services, host);
        names.removeAll(
                names(
                        deployment.services().stream()
                                .filter(s -> !going.contains(s.name()))
                                .toList(),
                        host));
        return List.copyOf(names);
    }

    private static Set<String> names(List<DesiredService> services, Host host) {
        Set<String> names = new LinkedHashSet<>();
        services.stream()
                .flatMap(s -> s.on(host).stream())
                .flatMap(c -> c.spec().volumes().stream())
                .map(v -> v.split(":", 2)[0])
                .filter(v -> !v.startsWith("/"))
                .forEach(names::add);
        return names;
    }

    private static void remove(
            RolloutContext context, Host host, ContainerEngine engine, DesiredContainer container) {
        String name = container.spec().name();
        if (engine.inspect(name).isEmpty()) {
            return;
        }
        context.journal()
                .perform(
                        host.name(),
                        "remove container " + name,
                        "the host serves this no longer",
                        () -> {
                            engine.stop(name, container.spec().stopTimeout());
                            engine.remove(name);
                            if (engine.inspect(name).filter(ContainerState::running).isPresent()) {
                                throw RunbookFailure.person(
                                        NOT_CLEARED,
                                        host.name(),
                                        "container " + name + " runs again after it was removed");
                            }
                            return "removed";
                        });
    }

    private static List<String> ports(List<DesiredService> services) {
        return services.stream()
                .flatMap(s -> s.internalPorts().stream())
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    private static void run(
            RolloutContext context,
            Host host,
            String action,
            String why,
            String script,
            List<String> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        context.journal()
                .perform(
                        host.name(),
                        action,
                        why,
                        () -> {
                            CommandResult result =
                                    context.connection(host)
                                            .run(
                                                    Command.script(
                                                            script,
                                                            arguments.toArray(String[]::new)));
                            if (!result.ok()) {
                                throw RunbookFailure.person(
                                        NOT_CLEARED,
                                        host.name(),
                                        action + " failed (exit " + result.exit() + ")",
                                        result.err());
                            }
                            return result.out()
                                    .lines()
                                    .collect(Collectors.joining(", ", "removed: ", ""));
                        });
    }
}
