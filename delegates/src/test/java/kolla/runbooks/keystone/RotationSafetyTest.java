package kolla.runbooks.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Hosts on which time passes, tokens are issued and rotations are begun, cut short at any change of
 * any host, taken up again or begun anew: no token is refused by any host as long as it lives.
 */
class RotationSafetyTest {

    private static final List<String> HOSTS = List.of("x", "y", "z");
    private static final TokenLife LIFE =
            new TokenLife(Duration.ofHours(10), Duration.ofHours(5), 3);
    private static final RotationWish KEEP = RotationWish.of("keep", "");
    private static final RotationWish REFUSE = RotationWish.of("refuse", "");

    @Property(tries = 300)
    void noTokenIsRefusedWhateverDiesOnTheWay(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int size) {
        World world = new World(size, 2);
        for (int i = 0; i < 40; i++) {
            world.pass(Duration.ofMinutes(random.nextInt(1200)));
            RotationWish wish = random.nextBoolean() ? KEEP : REFUSE;
            if (RotationDecisions.plan(world.seen(), LIFE, wish)
                    instanceof RotationDecision.Rotate rotate) {
                // up to three attempts, each of which may die after any change
                for (int attempt = 0; attempt < 1 + random.nextInt(3); attempt++) {
                    world.rotate(rotate.goal(), random.nextInt(12));
                }
            }
        }
    }

    @Property(tries = 200)
    void aRotationThatIsTakenUpOftenEnoughEndsWithTheSameKeysEverywhere(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int size) {
        World world = new World(size, 3);
        world.pass(Duration.ofDays(9));
        RotationGoal goal =
                ((RotationDecision.Rotate) RotationDecisions.plan(world.seen(), LIFE, REFUSE))
                        .goal();
        for (int attempt = 0; attempt < 20; attempt++) {
            world.rotate(goal, 1 + random.nextInt(3));
        }
        assertThat(RotationDecisions.next(goal, world.seen()))
                .isInstanceOf(RotationStep.Done.class);
        Map<String, String> first = world.keys.get("x");
        assertThat(first).containsOnlyKeys("0", "2", "3").containsEntry("3", "k0");
        assertThat(world.keys.values()).containsOnly(first);
        assertThat(world.dropped).isEqualTo(size);
    }

    private record Token(String key, Instant issued) {}

    private static final class World {

        private final Map<String, Map<String, String>> keys = new LinkedHashMap<>();
        private final Map<String, Map<String, Instant>> since = new LinkedHashMap<>();
        private final List<Token> tokens = new ArrayList<>();
        private Instant now = Instant.EPOCH;
        private int made;
        private int dropped;

        World(int hosts, int count) {
            for (String host : HOSTS.subList(0, hosts)) {
                keys.put(host, new TreeMap<>());
                since.put(host, new TreeMap<>());
                for (int i = 0; i < count; i++) {
                    lay(host, String.valueOf(i), "k" + i);
                }
            }
            made = count;
        }

        void pass(Duration time) {
            now = now.plus(time);
            tokens.removeIf(
                    t ->
                            t.issued()
                                    .plus(LIFE.expiration())
                                    .plus(LIFE.expiredWindow())
                                    .isBefore(now));
            issue();
        }

        /** Goes on until it is done or has made so many changes. */
        void rotate(RotationGoal goal, int changes) {
            int left = changes;
            while (true) {
                RotationStep step = RotationDecisions.next(goal, seen());
                assertThat(step).isNotInstanceOf(RotationStep.Refuse.class);
                if (step instanceof RotationStep.Done) {
                    return;
                }
                for (Runnable change : changes(goal, step)) {
                    if (left-- == 0) {
                        return;
                    }
                    change.run();
                    now = now.plusSeconds(1);
                    issue();
                    everyHostReadsEveryToken();
                }
            }
        }

        private List<Runnable> changes(RotationGoal goal, RotationStep step) {
            List<Runnable> changes = new ArrayList<>();
            if (step instanceof RotationStep.Promote promote) {
                promote.copies()
                        .forEach(
                                c ->
                                        changes.add(
                                                () ->
                                                        lay(
                                                                c.host(),
                                                                goal.primary(),
                                                                keys.get(c.from()).get(c.key()))));
            } else if (step instanceof RotationStep.Stage stage) {
                String fresh =
                        stage.source().map(s -> keys.get(s).get("0")).orElseGet(() -> "k" + made++);
                stage.hosts().forEach(h -> changes.add(() -> lay(h, "0", fresh)));
            } else if (step instanceof RotationStep.Drop drop) {
                drop.keys()
                        .forEach(
                                (host, names) ->
                                        names.forEach(
                                                name ->
                                                        changes.add(
                                                                () -> {
                                                                    keys.get(host).remove(name);
                                                                    since.get(host).remove(name);
                                                                    dropped++;
                                                                })));
            }
            return changes;
        }

        private void lay(String host, String name, String key) {
            keys.get(host).put(name, key);
            since.get(host).put(name, now);
        }

        /** Each host signs a token with its highest key. */
        private void issue() {
            keys.values()
                    .forEach(
                            set ->
                                    tokens.add(
                                            new Token(
                                                    set.get(
                                                            String.valueOf(
                                                                    set.keySet().stream()
                                                                            .mapToInt(
                                                                                    Integer
                                                                                            ::valueOf)
                                                                            .max()
                                                                            .orElseThrow())),
                                                    now)));
        }

        private void everyHostReadsEveryToken() {
            Set<String> needed =
                    Set.copyOf(
                            tokens.stream()
                                    .filter(
                                            t ->
                                                    now.isBefore(
                                                            t.issued()
                                                                    .plus(LIFE.expiration())
                                                                    .plus(LIFE.expiredWindow())))
                                    .map(Token::key)
                                    .toList());
            keys.forEach((host, set) -> assertThat(set.values()).as(host).containsAll(needed));
        }

        List<FernetKeys> seen() {
            List<FernetKeys> seen = new ArrayList<>();
            keys.forEach(
                    (host, set) ->
                            seen.add(
                                    new FernetKeys.Read(
                                            host, set, Set.of(), since.get(host), now)));
            return seen;
        }
    }
}
