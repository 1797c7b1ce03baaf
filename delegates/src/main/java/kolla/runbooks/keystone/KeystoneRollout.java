package kolla.runbooks.keystone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.rollout.StatelessRollout;

/**
 * Rolls Keystone out as a stateless service, and before its first host: the same fernet keys on
 * every host; after its last: the administrator and its own endpoints.
 */
public final class KeystoneRollout implements ServiceRollout {

    private final StatelessRollout api;

    public KeystoneRollout(StatelessRollout api) {
        this.api = api;
    }

    @Override
    public String kind() {
        return "keystone";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<String> sentences = new ArrayList<>(api.preview(context));
        FernetDecision decision = fernet(context);
        if (decision instanceof FernetDecision.Fill fill) {
            sentences.add(
                    fill.generate().isEmpty()
                            ? "copies or protects fernet keys on "
                                    + String.join(", ", touched(fill))
                            : "makes fernet keys "
                                    + fill.generate()
                                    + " once and puts them on every host");
        }
        if (KeystoneBootstrap.refused(context)) {
            sentences.add(
                    "keystone_admin_password has changed: the administrator gets the new one after"
                            + " the last host, and tokens that were issued to the administrator"
                            + " before are refused from then on");
        }
        return sentences;
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        return api.batches(context);
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {
        if (fernet(context) instanceof FernetDecision.Fill fill) {
            FernetRepository.fill(context, fill);
            requireSameKeys(context);
        }
        api.prepare(context, batches);
    }

    @Override
    public void converge(RolloutContext context, Host host) {
        api.converge(context, host);
    }

    @Override
    public void takeOut(RolloutContext context, Host host) {
        api.takeOut(context, host);
    }

    @Override
    public void finish(RolloutContext context) {
        api.settle(context);
        Host first = context.service().hosts().get(0);
        if (!KeystoneBootstrap.stands(context, first)) {
            KeystoneBootstrap.run(context, first);
            new Identity(context, first).token();
        }
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        List<Finding> findings = new ArrayList<>();
        Map<Host, FanOut.Outcome<Curl.Answer>> answers =
                context.fanOut()
                        .each(
                                context.service().hosts(),
                                h -> new Identity(context, h).issueToken());
        answers.forEach((host, outcome) -> findings.add(token(context, host, outcome)));
        FernetDecision keys = FernetDecisions.decide(FernetRepository.observe(context));
        findings.add(
                keys instanceof FernetDecision.Nothing
                        ? Finding.good(
                                FernetDecisions.DIFFERENT, "fernet keys are the same on all hosts")
                        : Finding.bad(
                                FernetDecisions.DIFFERENT,
                                keys instanceof FernetDecision.Refuse refuse
                                        ? refuse.sentence()
                                        : "fernet keys are missing or exposed on "
                                                + touched((FernetDecision.Fill) keys)));
        return findings;
    }

    private static Finding token(
            RolloutContext context, Host host, FanOut.Outcome<Curl.Answer> outcome) {
        String way = "through " + Identity.internalUrl(context) + " from " + host.name();
        if (outcome instanceof FanOut.Outcome.Done<Curl.Answer> done) {
            Curl.Answer answer = done.value();
            return answer.ok() && answer.token().isPresent()
                    ? Finding.good("KR-KEYSTONE-003", "a token was issued " + way)
                    : Finding.bad(
                            "KR-KEYSTONE-003",
                            host.name(),
                            "no token was issued " + way + ": " + answer.describe());
        }
        return Finding.bad(
                "KR-KEYSTONE-003",
                host.name(),
                "no token could be asked for "
                        + way
                        + ": "
                        + ((FanOut.Outcome.Failed<Curl.Answer>) outcome).cause().getMessage());
    }

    private static FernetDecision fernet(RolloutContext context) {
        FernetDecision decision = FernetDecisions.decide(FernetRepository.observe(context));
        if (decision instanceof FernetDecision.Refuse refuse) {
            throw RunbookFailure.person(refuse.code(), refuse.sentence(), List.of());
        }
        return decision;
    }

    private static void requireSameKeys(RolloutContext context) {
        if (!(fernet(context) instanceof FernetDecision.Nothing)) {
            throw RunbookFailure.person(
                    FernetDecisions.DIFFERENT,
                    "the fernet keys are not the same on every host after they were copied",
                    List.of());
        }
    }

    private static List<String> touched(FernetDecision.Fill fill) {
        Set<String> hosts = new TreeSet<>(fill.missing().keySet());
        hosts.addAll(fill.exposed().keySet());
        return List.copyOf(hosts);
    }
}
