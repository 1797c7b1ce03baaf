package kolla.runbooks.loadbalancer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Has HAProxy itself check a configuration before any running HAProxy sees it: in a container of
 * its own that ends after the check, with the files in a folder of its own. The image that is to
 * run is the one that checks.
 */
final class HaproxyCheck {

    private static final String JOB = "haproxy_check";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> USUAL =
            List.of("-f", "/etc/haproxy/haproxy.cfg", "-f", "/etc/haproxy/services.d/");

    private HaproxyCheck() {}

    /**
     * @throws RunbookFailure {@code KR-LB-004} with HAProxy's words when it refuses
     */
    static void check(RolloutContext context, Host host) {
        Optional<DesiredContainer> haproxy =
                context.service().container(host, HaproxySocket.CONTAINER);
        if (haproxy.isPresent()) {
            context.journal()
                    .perform(
                            host.name(),
                            "check haproxy configuration",
                            "HAProxy accepts the new files",
                            () -> check(context, host, haproxy.get()));
        }
    }

    private static String check(RolloutContext context, Host host, DesiredContainer haproxy) {
        String from = "/etc/kolla/" + HaproxySocket.CONTAINER;
        String to = "/etc/kolla/" + JOB;
        List<RemoteFile> files = new ArrayList<>();
        for (DesiredFile file : haproxy.files()) {
            String content =
                    file.path().equals(from + "/config.json")
                            ? checking(file.content())
                            : file.content();
            files.add(
                    new RemoteFile(
                            moved(file.path(), from, to), content, file.mode(), file.owner()));
        }
        context.connection(host).put(files);
        ContainerEngine.ExecResult result =
                context.engine(host).runToEnd(job(haproxy.spec(), from, to), LIMIT);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-LB-004",
                    host.name(),
                    "HAProxy refuses the new configuration; the running one was left alone",
                    (result.out() + "\n" + result.err()).strip().split("\n"));
        }
        return "accepted";
    }

    /** The job has no named volume: the runtime socket of the running HAProxy lies in one. */
    private static ContainerSpec job(ContainerSpec spec, String from, String to) {
        List<String> volumes =
                spec.volumes().stream()
                        .filter(v -> v.startsWith("/"))
                        .map(v -> moved(v, from, to))
                        .toList();
        SortedMap<String, String> labels = new TreeMap<>(spec.labels());
        return new ContainerSpec(
                JOB,
                spec.image(),
                volumes,
                spec.environment(),
                labels,
                spec.privileged(),
                spec.capabilities(),
                spec.tmpfs(),
                spec.pidMode(),
                "no",
                Optional.empty(),
                Duration.ofSeconds(5));
    }

    /** {@code config.json} with the same files and another command. */
    static String checking(String configJson) {
        try {
            ObjectNode config = (ObjectNode) new ObjectMapper().readTree(configJson);
            config.put("command", checkCommand(config.path("command").asText("")));
            return config.toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("config.json of haproxy is no JSON", e);
        }
    }

    /** The same {@code -f} arguments behind {@code haproxy -c}; Kolla's usual ones if none. */
    static String checkCommand(String command) {
        List<String> words = Arrays.asList(command.strip().split("\\s+"));
        List<String> files = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals("-f")) {
                files.add("-f");
                files.add(words.get(i + 1));
            }
        }
        return "/usr/sbin/haproxy -c " + String.join(" ", files.isEmpty() ? USUAL : files);
    }

    private static String moved(String path, String from, String to) {
        boolean inside = path.startsWith(from + "/") || path.startsWith(from + ":");
        return inside ? to + path.substring(from.length()) : path;
    }
}
