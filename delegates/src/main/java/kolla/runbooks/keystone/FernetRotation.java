package kolla.runbooks.keystone;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Rotates Keystone's fernet keys without a token being refused; the order is that of {@link
 * RotationDecisions}. Keystone reads the keys at each request, so no process is touched.
 *
 * <p>Refuses with {@code KR-KEYSTONE-001} (the sets cannot be rotated), {@code KR-KEYSTONE-002} (a
 * host was not read), {@code KR-KEYSTONE-005} (a key that would go may be needed), {@code
 * KR-KEYSTONE-006} (a Keystone issued no token or refused one).
 */
public final class FernetRotation {

    /** Promote, stage, drop, done; and one more, in case a host was away during one. */
    private static final int MOST_PASSES = 5;

    private FernetRotation() {}

    /** Looks, changes nothing. */
    public static RotationPlan plan(RolloutContext context, RotationWish wish) {
        List<FernetKeys> seen = FernetRepository.observe(context);
        RotationDecision decision = RotationDecisions.plan(seen, life(context), wish);
        if (decision instanceof RotationDecision.Refuse refuse) {
            throw RunbookFailure.person(refuse.code(), refuse.sentence(), refuse.evidence());
        }
        RotationDecision.Rotate rotate = (RotationDecision.Rotate) decision;
        return new RotationPlan(
                context.cluster().name(),
                context.service().hosts().stream().map(Host::name).toList(),
                rotate.goal(),
                rotate.sentences());
    }

    /** Does what is still to be done for the plan; may be run again, whatever ended it before. */
    public static void rotate(RolloutContext context, RotationPlan plan) {
        Witnesses witnesses = new Witnesses(context);
        witnesses.ask("before the first pass");
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            RotationStep step =
                    RotationDecisions.next(plan.goal(), FernetRepository.observe(context));
            if (step instanceof RotationStep.Refuse refuse) {
                throw RunbookFailure.person(refuse.code(), refuse.sentence(), refuse.evidence());
            }
            if (step instanceof RotationStep.Done) {
                evidence(context);
                return;
            }
            witnesses.ask("after " + act(context, plan.goal(), step));
        }
        throw RunbookFailure.person(
                FernetDecisions.DIFFERENT,
                "the fernet keys do not stay as they are put: something else changes them",
                List.of());
    }

    private static String act(RolloutContext context, RotationGoal goal, RotationStep step) {
        if (step instanceof RotationStep.Promote promote) {
            promote.copies().forEach(c -> promote(context, goal, c));
            return "key " + goal.primary() + " was promoted";
        }
        if (step instanceof RotationStep.Stage stage) {
            stage(context, stage);
            return "a new key was staged";
        }
        ((RotationStep.Drop) step).keys().forEach((host, keys) -> drop(context, host, keys));
        return "old keys were dropped";
    }

    private static void promote(RolloutContext context, RotationGoal goal, RotationStep.Copy copy) {
        String content = FernetRepository.content(context, copy.from(), copy.key());
        context.journal()
                .perform(
                        copy.host(),
                        "promote fernet key " + goal.primary(),
                        "the staged key, digest "
                                + FernetDecisions.shortly(goal.digest())
                                + ", signs as key "
                                + goal.primary(),
                        () -> {
                            if (!LiveKeys.digest(content).equals(goal.digest())) {
                                throw RunbookFailure.person(
                                        FernetDecisions.DIFFERENT,
                                        copy.host(),
                                        "the staged key changed while it was promoted");
                            }
                            LiveKeys.lay(
                                    context, host(context, copy.host()), goal.primary(), content);
                            return "laid";
                        });
    }

    private static void stage(RolloutContext context, RotationStep.Stage stage) {
        String content =
                stage.source()
                        .map(host -> FernetRepository.content(context, host, "0"))
                        .orElseGet(FernetRepository::newKey);
        String digest = FernetDecisions.shortly(LiveKeys.digest(content));
        context.journal()
                .log(
                        ActionId.CLUSTER,
                        "the new staged key has the digest "
                                + digest
                                + stage.source()
                                        .map(h -> "; " + h + " has it already")
                                        .orElse("; it was made now"));
        for (String name : stage.hosts()) {
            context.journal()
                    .perform(
                            name,
                            "stage a fernet key",
                            "key 0 is the new one, digest " + digest + ", on every host",
                            () -> {
                                LiveKeys.lay(context, host(context, name), "0", content);
                                return "laid";
                            });
        }
    }

    private static void drop(RolloutContext context, String name, Set<String> keys) {
        context.journal()
                .perform(
                        name,
                        "drop fernet keys",
                        "keys " + keys + " are gone; no token needs them",
                        () -> {
                            LiveKeys.remove(context, host(context, name), keys);
                            return "removed";
                        });
    }

    private static void evidence(RolloutContext context) {
        List<String> lines =
                FernetRepository.observe(context).stream()
                        .map(
                                k ->
                                        k instanceof FernetKeys.Read read
                                                ? FernetDecisions.describe(read)
                                                : k.host() + " not read")
                        .toList();
        context.journal().evidence(ActionId.CLUSTER, "fernet keys", String.join("\n", lines));
    }

    /** As Keystone is configured on the hosts now; the longest where they differ. */
    private static TokenLife life(RolloutContext context) {
        Map<Host, TokenLife> lives =
                context.fanOut().all(context.service().hosts(), h -> life(context, h));
        return TokenLife.longest(List.copyOf(lives.values()));
    }

    private static TokenLife life(RolloutContext context, Host host) {
        Optional<String> path =
                FernetRepository.container(context, host).files().stream()
                        .map(DesiredFile::path)
                        .filter(p -> p.endsWith("/keystone.conf"))
                        .findFirst();
        CommandResult result =
                context.connection(host).run(Command.of("cat", "--", path.orElse("")));
        try {
            if (result.ok()) {
                return TokenLife.of(result.out());
            }
        } catch (IllegalArgumentException wrong) {
            throw RunbookFailure.person(RotationDecisions.NEEDED, host.name(), wrong.getMessage());
        }
        throw RunbookFailure.person(
                RotationDecisions.NEEDED,
                host.name(),
                "its keystone.conf could not be read, so it is not known how long tokens live",
                result.err());
    }

    private static Host host(RolloutContext context, String name) {
        return context.cluster().inventory().host(name);
    }
}
