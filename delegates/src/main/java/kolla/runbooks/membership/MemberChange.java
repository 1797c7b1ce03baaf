package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.HostChange;
import kolla.runbooks.membership.Presence.Kind;

/**
 * A change of members, with what the cluster should be before it, while hosts join, and afterwards.
 * Pure.
 *
 * <p>A host that is there leaves last: while the new one joins, both are members, so that nothing
 * is ever served by fewer than before. A host that is gone is no member from the beginning.
 *
 * @param before as defined
 * @param joined with the host that comes, and without the one that goes when it is not there
 * @param settled at the end
 */
public record MemberChange(
        MemberRequest request,
        Presence presence,
        Deployment before,
        Deployment joined,
        Deployment settled) {

    static final String NOT_THERE = "KR-MEMBERS-005";

    /**
     * @param render what the cluster is with a change of its inventory
     */
    public static MemberChange of(
            MemberRequest request, Kind presence, Function<HostChange, Deployment> render) {
        boolean there = presence == Kind.THERE;
        return new MemberChange(
                request,
                new Presence(presence, List.of()),
                render.apply(HostChange.NONE),
                render.apply(there ? request.arrival() : request.whole()),
                render.apply(request.whole()));
    }

    /**
     * @throws RunbookFailure {@code KR-MEMBERS-003} when a host is named that is not in the
     *     inventory or serves nothing that could be taken from it
     */
    public Optional<Host> leaving() {
        return request.leaving()
                .map(
                        name ->
                                before.cluster()
                                        .inventory()
                                        .find(name)
                                        .filter(h -> !leavingServices(h).isEmpty())
                                        .orElseThrow(() -> servesNothing(name)));
    }

    public Optional<Host> joining() {
        return request.joining().flatMap(a -> settled.cluster().inventory().find(a.host()));
    }

    /** The services that the host that goes serves now, in the order of their dependencies. */
    public List<DesiredService> leavingServices() {
        return leaving().map(this::leavingServices).orElse(List.of());
    }

    private List<DesiredService> leavingServices(Host host) {
        return before.services().stream()
                .filter(s -> on(s, host.name()))
                .filter(s -> request.service().map(s.name()::equals).orElse(true))
                .toList();
    }

    /** The services that the host that comes will serve, in the order of their dependencies. */
    public List<DesiredService> joiningServices() {
        return request.joining().stream()
                .flatMap(a -> joined.services().stream().filter(s -> on(s, a.host())))
                .filter(s -> request.service().map(s.name()::equals).orElse(true))
                .toList();
    }

    private static boolean on(DesiredService service, String host) {
        return service.hosts().stream().anyMatch(h -> h.name().equals(host));
    }

    /**
     * @throws RunbookFailure {@code KR-MEMBERS-005} when nobody may act on what was seen of the
     *     host that goes
     */
    static void require(MemberRequest request, Presence presence) {
        String host = request.leaving().orElse("");
        String sentence =
                switch (presence.kind()) {
                    case UNCLEAR ->
                            host
                                    + " cannot be logged in to and is not proven gone; make it"
                                    + " reachable, or power it off, then retry";
                    case THERE ->
                            request.sameName()
                                    ? host
                                            + " answers and still has what it served; a machine"
                                            + " that takes its name has to be empty: wipe or"
                                            + " reinstall it, then retry"
                                    : stopped(request, presence);
                    case GONE ->
                            request.sameName()
                                    ? "the machine that is to take the name "
                                            + host
                                            + " does not answer; start it with that name and"
                                            + " address, then retry"
                                    : "";
                    case EMPTY, NOBODY -> "";
                };
        if (!sentence.isEmpty()) {
            throw RunbookFailure.person(NOT_THERE, sentence, presence.proof());
        }
    }

    /** While a host joins, every member has to be there; who is half taken out is none. */
    private static String stopped(MemberRequest request, Presence presence) {
        return request.joining().isEmpty() || presence.stopped().isEmpty()
                ? ""
                : request.leaving().orElse("")
                        + " answers and does not run "
                        + String.join(", ", presence.stopped())
                        + "; start them (docker start, or a deployment), or power the host off,"
                        + " then retry";
    }

    /**
     * One service is meant and no other may change.
     *
     * @throws RunbookFailure {@code KR-MEMBERS-003} when the group of the inventory that was named
     *     is no service, or other services have their hosts by it
     */
    void requireOneService() {
        if (request.service().isEmpty()) {
            return;
        }
        String name = request.service().get();
        if (settled.find(name).isEmpty() && before.find(name).isEmpty()) {
            throw RunbookFailure.person(
                    MemberRequest.NOT_RIGHT,
                    "service: \""
                            + name
                            + "\" is no service here; there are "
                            + String.join(
                                    ", ",
                                    before.services().stream().map(DesiredService::name).toList()),
                    List.of());
        }
        List<String> others =
                settled.services().stream()
                        .map(DesiredService::name)
                        .filter(s -> !s.equals(name))
                        .filter(s -> !names(settled, s).equals(names(before, s)))
                        .toList();
        if (!others.isEmpty()) {
            throw RunbookFailure.person(
                    MemberRequest.NOT_RIGHT,
                    "service: the hosts of "
                            + String.join(", ", others)
                            + " follow from the group \""
                            + name
                            + "\" and would change too; give these services members of their own in"
                            + " the inventory first",
                    List.of());
        }
        request.joining()
                .map(HostChange.Arrival::host)
                .filter(h -> before.cluster().inventory().find(h).isEmpty())
                .ifPresent(
                        h -> {
                            throw RunbookFailure.person(
                                    MemberRequest.NOT_RIGHT,
                                    "host: \""
                                            + h
                                            + "\" is not in the inventory; use add-host for a new"
                                            + " machine",
                                    List.of());
                        });
    }

    private static List<String> names(Deployment deployment, String service) {
        return deployment.find(service).stream()
                .flatMap(s -> s.hosts().stream())
                .map(Host::name)
                .toList();
    }

    /**
     * What the hosts that stay will be: the deployment without a host in the services that it is to
     * join, and without services that nobody else runs.
     */
    Deployment others() {
        Optional<Host> host = joining();
        if (host.isEmpty()) {
            return settled;
        }
        List<String> joins = joiningServices().stream().map(DesiredService::name).toList();
        return without(settled, host.get().name(), joins);
    }

    private static Deployment without(Deployment deployment, String host, List<String> joins) {
        List<DesiredService> services = new ArrayList<>();
        for (DesiredService service : deployment.services()) {
            Map<Host, List<DesiredContainer>> others = new LinkedHashMap<>();
            boolean joined = joins.contains(service.name());
            service.containers()
                    .forEach(
                            (h, containers) -> {
                                if (!joined || !h.name().equals(host)) {
                                    others.put(h, containers);
                                }
                            });
            if (!others.isEmpty()) {
                services.add(service.with(others));
            }
        }
        List<String> kept = services.stream().map(DesiredService::name).toList();
        return new Deployment(
                deployment.cluster(),
                services,
                deployment.waves().stream()
                        .map(w -> w.stream().filter(kept::contains).toList())
                        .filter(w -> !w.isEmpty())
                        .toList(),
                deployment.vip(),
                deployment.notes());
    }

    private RunbookFailure servesNothing(String name) {
        List<String> serving =
                before.cluster().inventory().hosts().stream()
                        .map(Host::name)
                        .filter(
                                h ->
                                        before.services().stream()
                                                .filter(
                                                        s ->
                                                                request.service()
                                                                        .map(s.name()::equals)
                                                                        .orElse(true))
                                                .anyMatch(s -> on(s, h)))
                        .toList();
        return RunbookFailure.person(
                MemberRequest.NOT_RIGHT,
                "\""
                        + name
                        + "\" serves "
                        + request.service().map(s -> "no " + s).orElse("nothing")
                        + " here; hosts that do are "
                        + String.join(", ", serving),
                List.of());
    }
}
