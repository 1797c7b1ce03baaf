package kolla.runbooks.upgrade;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.VersionRule;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Tail;

/**
 * Asks programs for their version: in the container that runs, and in an image that is on a host
 * but runs nowhere yet. A tag says nothing certain about what is inside.
 */
final class VersionReader {

    static final String UNREADABLE = "KR-UPGRADE-004";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private VersionReader() {}

    /** Of the container on this host; empty when it does not run there. */
    static Optional<VersionNumber> running(RolloutContext context, Host host, VersionRule rule) {
        ContainerEngine engine = context.engine(host);
        if (!engine.inspect(rule.container()).map(ContainerState::running).orElse(false)) {
            return Optional.empty();
        }
        ExecResult said =
                engine.exec(rule.container(), rule.command(), Map.of(), Optional.empty(), LIMIT);
        return Optional.of(version(host, rule, "the running container", said));
    }

    /**
     * Of the container on this host, or where it stands, of the image that it ran last: its data
     * may be of that version. Empty when there is no such container.
     */
    static Optional<VersionNumber> last(RolloutContext context, Host host, VersionRule rule) {
        Optional<VersionNumber> running = running(context, host, rule);
        return running.isPresent()
                ? running
                : context.engine(host)
                        .inspect(rule.container())
                        .map(c -> ofImage(context, host, rule, c.spec(), c.imageId()));
    }

    /**
     * Of the image that the container will have; the image has to be on the host. Runs its command
     * by the images' own contract, in a container beside, without the service's configuration,
     * volumes or preparation.
     */
    static VersionNumber coming(
            RolloutContext context, Host host, VersionRule rule, DesiredContainer container) {
        return ofImage(context, host, rule, container.spec(), container.spec().image());
    }

    private static VersionNumber ofImage(
            RolloutContext context, Host host, VersionRule rule, ContainerSpec made, String image) {
        String name = "version_" + rule.container();
        String folder = "/etc/kolla/" + name;
        ContainerEngine engine = context.engine(host);
        context.connection(host)
                .put(
                        List.of(
                                new RemoteFile(
                                        folder + "/config.json",
                                        "{\"command\": \""
                                                + String.join(" ", rule.command())
                                                + "\", \"config_files\": []}\n",
                                        0640,
                                        "root:root")));
        ContainerSpec job =
                new ContainerSpec(
                        name,
                        image,
                        List.of(folder + "/:/var/lib/kolla/config_files/:ro"),
                        new TreeMap<>(
                                Map.of(
                                        "KOLLA_CONFIG_STRATEGY",
                                        "COPY_ALWAYS",
                                        "KOLLA_SERVICE_NAME",
                                        name.replace('_', '-'),
                                        "KOLLA_SKIP_EXTEND_START",
                                        "true")),
                        made.labels(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "no",
                        Optional.empty(),
                        made.stopTimeout());
        ExecResult said = engine.runToEnd(job, LIMIT);
        context.connection(host).run(Command.script("rm -rf \"$1\"", folder));
        return version(host, rule, "the image " + image, said);
    }

    private static VersionNumber version(
            Host host, VersionRule rule, String where, ExecResult said) {
        String text = said.out() + "\n" + said.err();
        Matcher version = Pattern.compile(rule.pattern()).matcher(text);
        if (!said.ok() || !version.find()) {
            throw RunbookFailure.person(
                    UNREADABLE,
                    host.name(),
                    where
                            + " does not tell its version: "
                            + String.join(" ", rule.command())
                            + " ended with "
                            + said.exit()
                            + " and printed nothing like "
                            + rule.pattern(),
                    Tail.of(text, 10));
        }
        return VersionNumber.of(version.group(1));
    }
}
