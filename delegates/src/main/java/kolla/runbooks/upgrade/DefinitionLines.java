package kolla.runbooks.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;

/**
 * What the owner of a definition writes into {@code globals.yml} after an upgrade, so that it says
 * again what runs. Pure.
 */
public final class DefinitionLines {

    private DefinitionLines() {}

    /**
     * @param defined the definition from before the upgrade
     * @return lines of YAML, comments among them
     */
    public static List<String> of(Target target, Deployment defined) {
        List<String> lines = new ArrayList<>();
        if (!target.hosts().isEmpty()) {
            lines.add(
                    "# only "
                            + String.join(", ", target.hosts().stream().sorted().toList())
                            + " has changed: upgrade the other hosts before you write this");
        }
        new TreeMap<>(target.extra()).forEach((k, v) -> lines.add(k + ": \"" + v + "\""));
        if (target.extra().containsKey(Target.RELEASE_VARIABLE)) {
            for (DesiredService service : defined.services()) {
                if (!target.services().isEmpty() && !target.services().contains(service.name())) {
                    lines.add(service.name() + "_tag: \"" + tag(service) + "\"");
                }
            }
        }
        return List.copyOf(lines);
    }

    /** Of the image of the service's first container. */
    private static String tag(DesiredService service) {
        String image =
                service.hosts().stream()
                        .flatMap(h -> service.on(h).stream())
                        .map(c -> c.spec().image())
                        .findFirst()
                        .orElse("");
        return image.substring(image.lastIndexOf(':') + 1);
    }
}
