package kolla.runbooks.keystone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Tokens that were issued by each host's own Keystone while keys are rotated, and are shown to each
 * host's own Keystone again and again: past the load balancer, and past the cache of tokens that
 * the Keystones share. They are the administrator's; they live in memory and are never written
 * down.
 *
 * <p>Fails with {@code KR-KEYSTONE-006}.
 */
final class Witnesses {

    static final String REFUSED = "KR-KEYSTONE-006";
    private static final Pattern SOCKET = Pattern.compile("(?m)^\\s*http-socket\\s*=\\s*(\\S+)");

    /**
     * A token is base64; Keystone's decoder passes over four characters that are none, but its
     * cache takes the token for another one and the keys have to be used.
     */
    private static final String ANOTHER_SPELLING = "....";

    private record Token(String host, String moment, String text) {}

    private final RolloutContext context;
    private final List<Token> first = new ArrayList<>();
    private final List<Token> newest = new ArrayList<>();
    private String spelling = "";

    Witnesses(RolloutContext context) {
        this.context = context;
    }

    /**
     * Has a token issued on every host, then shows these and the first ones to all hosts: signed
     * with the key of now and with the key of before.
     *
     * @param moment for people: when these were issued
     */
    void ask(String moment) {
        Map<Host, FanOut.Outcome<String>> issued =
                context.fanOut().each(context.service().hosts(), this::issue);
        List<String> wrong = new ArrayList<>();
        if (first.isEmpty()) {
            first.addAll(newest);
        }
        newest.clear();
        issued.forEach(
                (host, outcome) -> {
                    if (outcome instanceof FanOut.Outcome.Done<String> token) {
                        newest.add(new Token(host.name(), moment, token.value()));
                    } else {
                        wrong.add(
                                host.name()
                                        + " issued no token: "
                                        + ((FanOut.Outcome.Failed<String>) outcome)
                                                .cause()
                                                .getMessage());
                    }
                });
        spelling += ANOTHER_SPELLING;
        context.fanOut()
                .all(context.service().hosts(), this::refusals)
                .values()
                .forEach(wrong::addAll);
        if (!wrong.isEmpty()) {
            throw RunbookFailure.person(
                    REFUSED,
                    moment + ": " + wrong.get(0) + (wrong.size() > 1 ? " (and more)" : ""),
                    wrong);
        }
        context.journal()
                .log(
                        ActionId.CLUSTER,
                        moment
                                + ": each of "
                                + (first.size() + newest.size())
                                + " tokens is accepted by the Keystone of every host");
    }

    private String issue(Host host) {
        Curl.Answer answer =
                Curl.send(
                        context.engine(host),
                        "POST",
                        url(host, "/auth/tokens"),
                        Optional.empty(),
                        Optional.of(new Identity(context, host).login()));
        return answer.token()
                .filter(t -> answer.ok())
                .orElseThrow(() -> RunbookFailure.person(REFUSED, host.name(), answer.describe()));
    }

    private List<String> refusals(Host host) {
        List<String> refused = new ArrayList<>();
        for (Token token : Stream.concat(first.stream(), newest.stream()).toList()) {
            Curl.Answer answer =
                    Curl.send(
                            context.engine(host),
                            "GET",
                            url(host, "/auth/projects"),
                            Optional.of(token.text() + spelling),
                            Optional.empty());
            if (!answer.ok()) {
                refused.add(
                        host.name()
                                + " refused the token that "
                                + token.host()
                                + " issued "
                                + token.moment()
                                + ": "
                                + answer.describe());
            }
        }
        return refused;
    }

    /** Of the host's own Keystone, as its configuration says where it listens. */
    private String url(Host host, String path) {
        return FernetRepository.container(context, host).files().stream()
                .filter(f -> f.path().endsWith("/keystone-uwsgi.ini"))
                .map(DesiredFile::content)
                .map(SOCKET::matcher)
                .filter(Matcher::find)
                .map(m -> "http://" + m.group(1) + "/v3" + path)
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        REFUSED,
                                        host.name(),
                                        "keystone-uwsgi.ini has no http-socket, so this host's own"
                                                + " Keystone cannot be asked"));
    }
}
