package kolla.runbooks.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.VersionRule;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Asks what runs and what is to run for their versions, and says which steps are made. Changes
 * nothing; the new images have to be on the hosts. For one thread.
 */
public final class VersionGate {

    static final String FORBIDDEN = "KR-UPGRADE-002";

    private final List<String> sentences = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /**
     * The service must not be taken to an image whose version must not follow what runs.
     *
     * @throws RunbookFailure {@code KR-UPGRADE-002} when it would, {@code -004} when a version
     *     cannot be read
     */
    public static void check(RolloutContext context) {
        VersionGate gate = new VersionGate();
        gate.look(context);
        gate.sentences();
    }

    /**
     * Whether the service on this host runs a version that is newer than the one it is to have, so
     * that its data may be, too. What does not run is not newer.
     */
    public static boolean isNewer(RolloutContext context, Host host) {
        for (VersionRule rule : context.service().upgrade().versions()) {
            Optional<DesiredContainer> wanted = context.service().container(host, rule.container());
            if (wanted.isPresent() && otherImage(context, host, rule.container())) {
                Optional<VersionNumber> running = VersionReader.running(context, host, rule);
                if (running.isPresent()
                        && running.get()
                                        .compareTo(
                                                VersionReader.coming(
                                                        context, host, rule, wanted.get()))
                                > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Looks at every container of the service that is to have another image on any host. */
    void look(RolloutContext context) {
        context.service().upgrade().versions().forEach(rule -> look(context, rule));
    }

    /**
     * The steps that are made, a sentence each.
     *
     * @throws RunbookFailure {@code KR-UPGRADE-002} with all steps that are not allowed
     */
    List<String> sentences() {
        if (!refused.isEmpty()) {
            throw RunbookFailure.person(FORBIDDEN, String.join("; ", refused), refused);
        }
        return List.copyOf(sentences);
    }

    private void look(RolloutContext context, VersionRule rule) {
        List<Host> hosts =
                context.service().hosts().stream()
                        .filter(h -> context.service().container(h, rule.container()).isPresent())
                        .toList();
        Map<Host, Boolean> differs =
                context.fanOut().all(hosts, h -> otherImage(context, h, rule.container()));
        List<Host> changing = hosts.stream().filter(differs::get).toList();
        if (changing.isEmpty()) {
            return;
        }
        boolean oneWay = !context.service().upgrade().oneWay().isEmpty();
        Map<Host, Optional<VersionNumber>> running =
                context.fanOut()
                        .all(
                                changing,
                                h ->
                                        oneWay
                                                ? VersionReader.last(context, h, rule)
                                                : VersionReader.running(context, h, rule));
        Host host = changing.get(changing.size() - 1);
        VersionNumber coming =
                VersionReader.coming(
                        context,
                        host,
                        rule,
                        context.service().container(host, rule.container()).orElseThrow());
        new TreeSet<>(running.values().stream().flatMap(Optional::stream).toList())
                .forEach(from -> say(rule, from, coming));
    }

    private void say(VersionRule rule, VersionNumber from, VersionNumber to) {
        VersionStep step = VersionSteps.decide(rule, from, to);
        String container = rule.container() + ": ";
        if (step instanceof VersionStep.Refused no) {
            refused.add(container + no.why());
        } else if (step instanceof VersionStep.Allowed yes) {
            sentences.add(
                    container
                            + from
                            + " to "
                            + to
                            + (yes.note().isEmpty() ? "" : "; " + yes.note()));
        }
    }

    /**
     * What is not on the host yet cannot be what runs; what is not there yet runs nothing older.
     */
    private static boolean otherImage(RolloutContext context, Host host, String container) {
        ContainerEngine engine = context.engine(host);
        Optional<String> wanted =
                engine.imageId(
                        context.service().container(host, container).orElseThrow().spec().image());
        return engine.inspect(container)
                .map(c -> !Optional.of(c.imageId()).equals(wanted))
                .orElse(false);
    }
}
