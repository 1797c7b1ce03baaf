package kolla.runbooks.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;

/**
 * Where an upgrade goes, beside what the definition says: variables over the globals, for the
 * chosen services on the chosen hosts. What is not chosen stays as it is defined. So the way back
 * is the definition itself.
 *
 * @param extra over the globals, as Ansible's {@code -e}
 * @param services chosen ones; empty for all
 * @param hosts chosen ones; empty for all
 */
public record Target(Map<String, String> extra, Set<String> services, Set<String> hosts) {

    public static final String RELEASE = "release";
    public static final String IMAGES = "images";
    public static final String SERVICES = "services";
    public static final String HOSTS = "hosts";

    static final String RELEASE_VARIABLE = "openstack_release";

    static final String NOT_RIGHT = "KR-UPGRADE-001";

    private static final Pattern IMAGE =
            Pattern.compile("([a-z][a-z0-9_]*)=(\\S+@sha256:[0-9a-f]{64})");

    public Target {
        extra = Map.copyOf(extra);
        services = Set.copyOf(services);
        hosts = Set.copyOf(hosts);
    }

    /**
     * From the parameters of a run.
     *
     * @param parameter its value by name; empty where it was not given
     * @return empty when the run names neither a release nor images: it has no target but the
     *     definition
     * @throws RunbookFailure {@code KR-UPGRADE-001} when an image is not named as it has to be
     */
    public static Optional<Target> of(Function<String, Optional<String>> parameter) {
        Map<String, String> extra = new TreeMap<>();
        parameter.apply(RELEASE).ifPresent(r -> extra.put(RELEASE_VARIABLE, r.strip()));
        for (String image : words(parameter.apply(IMAGES).orElse(""))) {
            Matcher named = IMAGE.matcher(image);
            if (!named.matches()) {
                throw wrong(
                        IMAGES,
                        image,
                        "container=reference@sha256:digest, for example"
                                + " memcached=registry:5000/kolla/memcached@sha256:…");
            }
            extra.put(named.group(1) + "_image_full", named.group(2));
        }
        if (extra.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Target(
                        extra,
                        Set.copyOf(words(parameter.apply(SERVICES).orElse(""))),
                        Set.copyOf(words(parameter.apply(HOSTS).orElse("")))));
    }

    /**
     * What should be during and after the upgrade.
     *
     * @param defined the definition as it stands
     * @param wanted the same with {@link #extra} over its globals
     * @throws RunbookFailure {@code KR-UPGRADE-001} when a chosen service, host or image is none of
     *     the cluster's
     */
    public Deployment over(Deployment defined, Deployment wanted) {
        check(defined);
        List<DesiredService> mixed = new ArrayList<>();
        for (DesiredService service : wanted.services()) {
            boolean chosen = services.isEmpty() || services.contains(service.name());
            Optional<DesiredService> old = defined.find(service.name());
            if (chosen) {
                mixed.add(old.map(o -> service.with(onChosenHosts(o, service))).orElse(service));
            } else {
                old.ifPresent(mixed::add);
            }
        }
        Set<String> names = new LinkedHashSet<>(mixed.stream().map(DesiredService::name).toList());
        return new Deployment(
                defined.cluster(),
                mixed,
                wanted.waves().stream()
                        .map(w -> w.stream().filter(names::contains).toList())
                        .filter(w -> !w.isEmpty())
                        .toList(),
                defined.vip(),
                wanted.notes());
    }

    private Map<Host, List<DesiredContainer>> onChosenHosts(
            DesiredService defined, DesiredService wanted) {
        Map<Host, List<DesiredContainer>> mixed = new LinkedHashMap<>();
        for (Host host : wanted.hosts()) {
            boolean chosen = hosts.isEmpty() || hosts.contains(host.name());
            mixed.put(host, chosen ? wanted.on(host) : defined.on(host));
        }
        return mixed;
    }

    private void check(Deployment defined) {
        List<String> known = defined.services().stream().map(DesiredService::name).toList();
        for (String service : services) {
            if (!known.contains(service)) {
                throw wrong(SERVICES, service, "services of the cluster: " + known);
            }
        }
        List<String> there =
                defined.cluster().inventory().hosts().stream().map(Host::name).toList();
        for (String host : hosts) {
            if (!there.contains(host)) {
                throw wrong(HOSTS, host, "hosts of the cluster: " + there);
            }
        }
        List<String> containers =
                defined.services().stream()
                        .flatMap(s -> s.hosts().stream().flatMap(h -> s.on(h).stream()))
                        .map(c -> c.spec().name())
                        .distinct()
                        .toList();
        for (String name : extra.keySet()) {
            String container = name.replaceFirst("_image_full$", "");
            if (!container.equals(name) && !containers.contains(container)) {
                throw wrong(IMAGES, container, "containers of the cluster: " + containers);
            }
        }
    }

    private static RunbookFailure wrong(String field, String value, String right) {
        return RunbookFailure.person(
                NOT_RIGHT, field + ": \"" + value + "\" is wrong; right are " + right, List.of());
    }

    /** Words between commas, blanks or ends of lines. */
    public static List<String> words(String text) {
        return List.of(text.split("[,\\s]+")).stream().filter(w -> !w.isBlank()).toList();
    }
}
