package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Planner;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;

/** Looks for a host that goes: at itself, and with the eyes of every other host. */
final class PresenceLook {

    private static final String UNREACHABLE = "KR-HOST-001";

    /** Both answers are results; where there is no ping, a host could not be asked. */
    private static final String PING =
            """
            command -v ping >/dev/null || { echo 'there is no ping' >&2; exit 9; }
            for address in "$@"; do
              ping -c 2 -i 0.3 -W 1 "$address" >/dev/null 2>&1 && echo answers
            done
            exit 0
            """;

    /** Prints folders of our configuration, and processes that are the control plane's. */
    private static final String LEFT =
            """
            for path in /etc/kolla/*; do [ -e "$path" ] && echo "$path"; done
            for path in /var/lib/docker/volumes/*/; do [ -e "$path" ] && echo "$path"; done
            for name in mariadbd haproxy keepalived beam.smp memcached; do
              pgrep -x "$name" >/dev/null && echo "a process $name"
            done
            exit 0
            """;

    private PresenceLook() {}

    /**
     * @param context of any service of the deployment in which the host still is
     * @param settled what will be; who has joined already is no stranger to the members
     */
    static Sighting of(RolloutContext context, Rollouts rollouts, Host host, Deployment settled) {
        Supplier<List<String>> counting = () -> counting(context, rollouts, host, settled);
        try {
            return seen(context, host, counting);
        } catch (RunbookFailure failure) {
            return unreachable(context, host, failure, counting);
        }
    }

    /** Sentences of members that count on the host. */
    private static List<String> counting(
            RolloutContext context, Rollouts rollouts, Host host, Deployment settled) {
        List<String> counting = new ArrayList<>();
        for (DesiredService service : context.deployment().services()) {
            Optional<DesiredService> members = settled.find(service.name());
            if (members.isPresent() && service.hosts().contains(host)) {
                counting.addAll(
                        rollouts.of(service)
                                .countingOn(
                                        context.about(without(members.get(), host.name())), host));
            }
        }
        return counting;
    }

    private static DesiredService without(DesiredService service, String host) {
        Map<Host, List<DesiredContainer>> others = new LinkedHashMap<>();
        service.containers()
                .forEach(
                        (h, containers) -> {
                            if (!h.name().equals(host)) {
                                others.put(h, containers);
                            }
                        });
        return service.with(others);
    }

    private static Sighting seen(
            RolloutContext context, Host host, Supplier<List<String>> counting) {
        context.connection(host).run(Command.of("true"));
        List<String> containers = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        List<String> volumes = new ArrayList<>();
        Optional<String> left = withoutEngine(context, host);
        if (left.isPresent()) {
            return doubtful(left.get());
        }
        if (engineAnswers(context, host)) {
            context.engine(host).list().stream().map(ContainerState::name).forEach(containers::add);
            context.deployment().services().stream()
                    .flatMap(s -> s.on(host).stream())
                    .map(c -> c.spec().name())
                    .filter(
                            c ->
                                    context.engine(host)
                                            .inspect(c)
                                            .filter(ContainerState::running)
                                            .isEmpty())
                    .forEach(stopped::add);
            context.deployment().services().stream()
                    .flatMap(s -> s.on(host).stream())
                    .flatMap(c -> c.spec().volumes().stream())
                    .map(v -> v.split(":", 2)[0])
                    .filter(v -> !v.startsWith("/"))
                    .distinct()
                    .filter(context.engine(host)::volumeExists)
                    .forEach(volumes::add);
        }
        return new Sighting(
                Optional.empty(),
                false,
                containers,
                stopped,
                volumes,
                List.of(),
                List.of(),
                containers.isEmpty() && volumes.isEmpty() ? counting.get() : List.of(),
                List.of());
    }

    /**
     * What is on a host whose engine does not answer: containers may live on without it. Empty when
     * it answers, or when nothing is there that it could have left.
     */
    private static Optional<String> withoutEngine(RolloutContext context, Host host) {
        if (engineAnswers(context, host)) {
            return Optional.empty();
        }
        List<String> found =
                context.connection(host).run(Command.script(LEFT)).out().lines().toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "its Docker engine does not answer, and on it are "
                                + String.join(", ", found));
    }

    private static Sighting doubtful(String why) {
        return new Sighting(
                Optional.of(why),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A bare machine has no engine. */
    private static boolean engineAnswers(RolloutContext context, Host host) {
        try {
            context.engine(host).info();
            return true;
        } catch (RunbookFailure none) {
            return false;
        }
    }

    private static Sighting unreachable(
            RolloutContext context,
            Host host,
            RunbookFailure failure,
            Supplier<List<String>> counting) {
        List<Host> others =
                Planner.hosts(context.deployment()).stream().filter(h -> !h.equals(host)).toList();
        Map<Host, FanOut.Outcome<Boolean>> pings =
                context.fanOut().each(others, h -> answers(context, h, host));
        List<String> asked = new ArrayList<>();
        List<String> answering = new ArrayList<>();
        List<String> unasked = new ArrayList<>();
        pings.forEach(
                (other, outcome) -> {
                    if (outcome instanceof FanOut.Outcome.Done<Boolean> done) {
                        asked.add(other.name());
                        if (done.value()) {
                            answering.add(other.name());
                        }
                    } else {
                        unasked.add(
                                other.name()
                                        + " could not be asked: "
                                        + ((FanOut.Outcome.Failed<Boolean>) outcome)
                                                .cause()
                                                .getMessage());
                    }
                });
        return new Sighting(
                Optional.of(failure.sentence()),
                failure.code().equals(UNREACHABLE),
                List.of(),
                List.of(),
                List.of(),
                asked,
                answering,
                unasked.isEmpty() ? counting.get() : List.of(),
                unasked);
    }

    /**
     * Services whose data lie on a host though it does not serve them: from an earlier life, or
     * from another cluster.
     */
    static List<String> earlierLife(
            RolloutContext context, List<DesiredService> services, Host host) {
        if (!engineAnswers(context, host)) {
            return withoutEngine(context, host).stream().toList();
        }
        List<String> found = new ArrayList<>();
        for (DesiredService service : services) {
            boolean runs =
                    service.on(host).stream()
                            .flatMap(c -> context.engine(host).inspect(c.spec().name()).stream())
                            .anyMatch(ContainerState::running);
            if (!runs) {
                HostClearing.volumes(context.deployment(), List.of(service), host).stream()
                        .filter(context.engine(host)::volumeExists)
                        .forEach(v -> found.add("volume " + v + " of " + service.name()));
            }
        }
        return found;
    }

    private static boolean answers(RolloutContext context, Host from, Host host) {
        String internal =
                context.cluster()
                        .variables(host)
                        .string("api_interface_address", host.login().address());
        var result =
                context.connection(from)
                        .run(Command.script(PING, host.login().address(), internal));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-HOST-007",
                    from.name(),
                    "no ping could be sent (exit " + result.exit() + ")",
                    result.err());
        }
        return result.out().contains("answers");
    }
}
