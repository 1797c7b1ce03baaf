package kolla.runbooks.keystone;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static kolla.runbooks.rollout.Samples.CTL3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three hosts whose Keystones sign and read with the keys that lie there. */
class FernetRotationTest {

    private static final List<Host> HOSTS = List.of(CTL1, CTL2, CTL3);
    private static final String FOLDER = "/var/lib/docker/volumes/keys/_data";
    private static final Pattern SHOWN = Pattern.compile("X-Auth-Token: (\\S+?)(\\.*)\"");
    private static final long NOW = 2_000_000_000;
    private static final String CONF =
            """
            [token]
            expiration = 100
            allow_expired_window = 200

            [fernet_tokens]
            max_active_keys = 3
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final Map<String, TreeMap<Integer, String>> keys = new LinkedHashMap<>();
    private final Map<String, Integer> spellings = new LinkedHashMap<>();
    private final Map<String, String> confOf = new LinkedHashMap<>();
    private long changedAt = NOW - 1000;
    private String deaf = "";
    private int tokens;

    @BeforeEach
    void threeKeystones() {
        for (Host host : HOSTS) {
            keys.put(host.name(), new TreeMap<>(Map.of(0, "three", 1, "one", 2, "two")));
            FakeHost machine = cluster.host(host);
            machine.answers(command -> Optional.ofNullable(answer(host, command)));
            cluster.engine(host).hasVolume("keys");
            cluster.engine(host)
                    .execs((name, argv, env) -> Optional.of(keystone(host, env.get("KR_CURL"))));
        }
    }

    @Test
    void everyHostEndsWithTheSameKeysAndTheStagedOneSigns() {
        RotationPlan plan = plan();

        FernetRotation.rotate(context(), plan);

        assertThat(keys.get("ctl1")).containsOnlyKeys(0, 2, 3).containsEntry(3, "three");
        assertThat(keys.values()).containsOnly(keys.get("ctl1"));
        assertThat(journal.done())
                .containsExactly(
                        "ctl1 promote fernet key 3",
                        "ctl2 promote fernet key 3",
                        "ctl3 promote fernet key 3",
                        "ctl1 stage a fernet key",
                        "ctl2 stage a fernet key",
                        "ctl3 stage a fernet key",
                        "ctl1 drop fernet keys",
                        "ctl2 drop fernet keys",
                        "ctl3 drop fernet keys");
    }

    @Test
    void noKeyStandsInTheJournalOrInThePlan() {
        RotationPlan plan = plan();

        FernetRotation.rotate(context(), plan);

        assertThat(plan.json() + plan.text("a test") + journal.lines() + journal.actions())
                .doesNotContain("three")
                .doesNotContain(keys.get("ctl1").get(0))
                .contains(LiveKeys.digest("three").substring(0, 8));
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        RotationPlan plan = plan();
        FernetRotation.rotate(context(), plan);
        Map<Integer, String> after = new TreeMap<>(keys.get("ctl1"));

        FernetRotation.rotate(context(), RotationPlan.parse(plan.json()));

        assertThat(keys.values()).containsOnly(new TreeMap<>(after));
        assertThat(journal.done()).hasSize(9);
    }

    @Test
    void aHostThatGoesAwayInTheMiddleIsWaitedForWithTheSameKeys() {
        RotationPlan plan = plan();
        failsAt(CTL2, "0");
        assertThatThrownBy(() -> FernetRotation.rotate(context(), plan))
                .isInstanceOf(RunbookFailure.class);
        String staged = keys.get("ctl1").get(0);
        assertThat(staged).isNotEqualTo("three");
        assertThat(keys.get("ctl2").get(0)).isEqualTo("three");

        cluster.host(CTL2).recovers();
        FernetRotation.rotate(context(), plan);

        assertThat(keys.values())
                .containsOnly(new TreeMap<>(Map.of(0, staged, 2, "two", 3, "three")));
    }

    @Test
    void aHostThatCannotBeReachedStopsItBeforeAnyKeyIsTouched() {
        RotationPlan plan = plan();
        cluster.host(CTL3)
                .fails(RunbookFailure.transientOn("KR-HOST-001", "ctl3", "not reachable", null));

        assertThatThrownBy(() -> FernetRotation.rotate(context(), plan))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-KEYSTONE-002")
                .hasMessageContaining("ctl3");
        assertThat(journal.done()).isEmpty();
    }

    @Test
    void aKeystoneThatDoesNotReadWhatAnotherSignsStopsTheNextPass() {
        RotationPlan plan = plan();
        deaf = "ctl3";

        assertThatThrownBy(() -> FernetRotation.rotate(context(), plan))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-KEYSTONE-006")
                .hasMessageContaining("ctl3 refused the token that ctl1 issued");
        assertThat(journal.done()).isEmpty();
    }

    @Test
    void aTokenIsNeverShownTwiceInTheSameSpelling() {
        RotationPlan plan = plan();

        FernetRotation.rotate(context(), plan);

        assertThat(spellings).isNotEmpty().allSatisfy((shown, times) -> assertThat(times).isOne());
    }

    @Test
    void theLongestLifeOfATokenOnAnyHostCounts() {
        changedAt = NOW - 500;
        assertThat(plan().goal().drop()).containsOnlyKeys("1");

        confOf.put("ctl2", CONF.replace("100", "400"));

        assertThatThrownBy(this::plan)
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-KEYSTONE-005")
                .hasMessageContaining("660 s in all");
    }

    private RotationPlan plan() {
        return FernetRotation.plan(context(), RotationWish.of("refuse", ""));
    }

    /** When this key is put on this host, the host is gone. */
    private void failsAt(Host host, String key) {
        AtomicBoolean once = new AtomicBoolean(true);
        cluster.host(host)
                .answers(
                        command -> {
                            if (command.input().contains("mv -fT")
                                    && command.argv().contains(key)
                                    && once.getAndSet(false)) {
                                RunbookFailure gone =
                                        RunbookFailure.transientOn(
                                                "KR-HOST-001", host.name(), "not reachable", null);
                                cluster.host(host).fails(gone);
                                throw gone;
                            }
                            return Optional.empty();
                        });
    }

    private CommandResult answer(Host host, Command command) {
        Map<Integer, String> set = keys.get(host.name());
        List<String> argv = command.argv();
        String last = argv.get(argv.size() - 1);
        if (argv.get(0).equals("cat")) {
            return last.endsWith("keystone.conf")
                    ? FakeHost.ok(confOf.getOrDefault(host.name(), CONF))
                    : FakeHost.ok(set.get(Integer.valueOf(last.substring(FOLDER.length() + 1))));
        }
        if (command.input().contains("printf 'key")) {
            StringBuilder out = new StringBuilder();
            set.forEach(
                    (name, key) ->
                            out.append(
                                    "key %d %s 600 42425:42425 %d %d\n"
                                            .formatted(
                                                    name, LiveKeys.digest(key), changedAt, NOW)));
            return FakeHost.ok(out.toString());
        }
        if (command.input().contains("mv -fT")) {
            String name = argv.get(argv.size() - 2);
            set.put(
                    Integer.valueOf(name),
                    cluster.host(host).files().get(FOLDER + "/.next/" + name).content());
            return FakeHost.ok("");
        }
        if (command.input().contains("rm -f --")) {
            set.remove(Integer.valueOf(last));
            return FakeHost.ok("");
        }
        return null;
    }

    /** A token tells the key that signed it; whoever has that key accepts it. */
    private ExecResult keystone(Host host, String request) {
        TreeMap<Integer, String> set = keys.get(host.name());
        if (request.contains("/auth/tokens")) {
            return new ExecResult(
                    0,
                    "HTTP/1.1 201 CREATED\nX-Subject-Token: "
                            + set.lastEntry().getValue()
                            + "~"
                            + ++tokens
                            + "\n\n{}\n201",
                    "");
        }
        Matcher shown = SHOWN.matcher(request);
        assertThat(shown.find()).isTrue();
        spellings.merge(host.name() + shown.group(), 1, Integer::sum);
        boolean known =
                set.containsValue(shown.group(1).split("~")[0]) && !host.name().equals(deaf);
        return new ExecResult(0, "HTTP/1.1 200 OK\n\n{}\n" + (known ? "200" : "401"), "");
    }

    private RolloutContext context() {
        Map<Host, List<DesiredContainer>> containers = new LinkedHashMap<>();
        ContainerSpec spec =
                new ContainerSpec(
                        "keystone",
                        "registry/keystone:1",
                        List.of("keys:/etc/keystone/fernet-keys"),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "unless-stopped",
                        Optional.empty(),
                        Duration.ofSeconds(10));
        for (Host host : HOSTS) {
            containers.put(
                    host,
                    List.of(
                            new DesiredContainer(
                                    spec,
                                    List.of(
                                            file("keystone.conf", CONF),
                                            file(
                                                    "keystone-uwsgi.ini",
                                                    "[uwsgi]\nhttp-socket = 192.0.2.1:5000\n")),
                                    List.of())));
        }
        DesiredService service =
                Samples.service("keystone", "", 5000, CTL1, CTL2, CTL3).with(containers);
        return new RolloutContext(
                Samples.deployment(Map.of("keystone_admin_password", "secret"), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                journal);
    }

    private static DesiredFile file(String name, String content) {
        return new DesiredFile("/etc/kolla/keystone/" + name, content, 0660, "root:root");
    }
}
