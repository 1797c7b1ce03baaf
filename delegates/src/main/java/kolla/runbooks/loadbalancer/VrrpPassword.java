package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The password that Keepalived's hosts say to each other. Hosts with different ones do not hear
 * each other, and each takes the virtual address.
 */
final class VrrpPassword {

    static final String CHANGED = "KR-LB-008";
    private static final Pattern PASSWORD = Pattern.compile("(?m)^\\s*auth_pass\\s+(\\S+)");

    private VrrpPassword() {}

    /**
     * @throws RunbookFailure {@code KR-LB-008} when Keepalived runs on more than one host and would
     *     get another password on one of them; {@code KR-LB-003} when it is not known which one it
     *     has
     */
    static void refuseChange(RolloutContext context) {
        List<Host> running =
                context.service().hosts().stream()
                        .filter(
                                h ->
                                        context.engine(h)
                                                .inspect(BalancerObservation.KEEPALIVED)
                                                .map(ContainerState::running)
                                                .orElse(false))
                        .toList();
        List<String> others = new ArrayList<>();
        for (Host host : running) {
            Optional<DesiredFile> file = file(context, host);
            Optional<String> wanted = file.flatMap(f -> of(f.content()));
            Optional<String> has = file.flatMap(f -> of(content(context, host, f.path())));
            if (wanted.isPresent() && !wanted.equals(has)) {
                others.add(host.name());
            }
        }
        if (running.size() > 1 && !others.isEmpty()) {
            throw RunbookFailure.person(
                    CHANGED,
                    "keepalived_password of passwords.yml is not the one that Keepalived has on "
                            + String.join(", ", others)
                            + "; hosts with different passwords do not hear each other, and two"
                            + " would hold the virtual address: put the old value back, or change"
                            + " it on all hosts at once",
                    List.of());
        }
    }

    /** Of a {@code keepalived.conf}; Keepalived looks at eight characters. Pure. */
    static Optional<String> of(String conf) {
        Matcher matcher = PASSWORD.matcher(conf);
        return matcher.find()
                ? Optional.of(matcher.group(1)).map(p -> p.substring(0, Math.min(8, p.length())))
                : Optional.empty();
    }

    private static Optional<DesiredFile> file(RolloutContext context, Host host) {
        return context.service().container(host, BalancerObservation.KEEPALIVED).stream()
                .flatMap(c -> c.files().stream())
                .filter(f -> f.path().endsWith("/keepalived.conf"))
                .findFirst();
    }

    private static String content(RolloutContext context, Host host, String path) {
        CommandResult result = context.connection(host).run(Command.of("cat", "--", path));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    BalancerDecisions.UNREAD,
                    host.name(),
                    "Keepalived runs and "
                            + path
                            + " could not be read, so it is not known which password it has",
                    result.err().strip());
        }
        return result.out();
    }
}
