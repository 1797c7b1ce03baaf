package kolla.runbooks.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** What a changed password of passwords.yml means for brokers that stand. Changes nothing. */
final class RabbitPasswords {

    private static final String COOKIE = "rabbitmq_cluster_cookie";

    private RabbitPasswords() {}

    /**
     * Brokers with different cookies do not talk to each other, and one takes another cookie only
     * when it is stopped: host by host would be a partition each time.
     */
    static void refuseAnotherCookie(RolloutContext context, List<RabbitNode> seen) {
        Optional<String> wanted = context.cluster().passwords().find(COOKIE).map(c -> digest(c));
        for (RabbitNode node : seen) {
            if (node instanceof RabbitNode.Read read && wanted.isPresent()) {
                read.cookie()
                        .filter(c -> !c.equals(wanted.get()))
                        .ifPresent(
                                c -> {
                                    throw RunbookFailure.person(
                                            RabbitDecisions.COOKIES,
                                            read.host(),
                                            COOKIE
                                                    + " of passwords.yml (digest "
                                                    + wanted.get()
                                                    + ") is not the cookie that the broker has ("
                                                    + c
                                                    + "); it cannot be changed host by host: put"
                                                    + " the old value back, or change it with all"
                                                    + " brokers stopped");
                                });
            }
        }
    }

    /** As the broker's host prints it: see {@link RabbitObservation}. */
    static String digest(String cookie) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(cookie.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A broker's account has one password; what is connected stays connected. */
    static List<String> preview(RolloutContext context) {
        Optional<Host> host =
                context.service().hosts().stream()
                        .filter(h -> RabbitRollout.answers(context, h))
                        .findFirst();
        return context.service()
                .broker()
                .filter(a -> host.isPresent())
                .filter(a -> RabbitAccounts.exists(context, host.get(), "list_users", a.user()))
                .filter(a -> !RabbitAccounts.logsIn(context, host.get(), a))
                .map(
                        a ->
                                List.of(
                                        a.passwordKey()
                                                + " has changed: the account "
                                                + a.user()
                                                + " gets the new one after the last broker;"
                                                + " connections stay, but a service that connects"
                                                + " anew before its own turn is refused"))
                .orElse(List.of());
    }
}
