package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole of it on a host in memory: what is done, in which order, and done once. */
class HostPreparationTest {

    private static final Host NEWCOMER = Samples.CTL1;

    private final FakeCluster cluster = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final FakeHost host = cluster.host(NEWCOMER);
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final HostPreparation preparation =
            new HostPreparation(new Patience(() -> Instant.EPOCH, () -> {}));

    @BeforeEach
    void aHostThatLacksNamesAndSettings() {
        facts.put("epoch -", "0.0");
        facts.put("uid -", "0");
        facts.put("system -", "debian");
        facts.put("release -", "12");
        facts.put("socket -", "yes");
        facts.put("time -", "chronyd");
        facts.put("hosts -", "127.0.0.1 localhost\n");
        facts.put("kernel net.ipv4.ip_nonlocal_bind", "0");
        Distribution.lookedFor().forEach(p -> facts.put("program " + p, "yes"));
        host.answers(
                command ->
                        command.input().contains("say kernel")
                                ? Optional.of(FakeHost.ok(seen()))
                                : Optional.empty());
        host.answers(this::follow);
    }

    @Test
    void looksDoNotChangeAnything() {
        PreparationPlan plan = preparation.plan(context(), NEWCOMER);

        assertThat(plan.sentences()).hasSize(2);
        assertThat(host.files()).isEmpty();
        assertThat(journal.done()).isEmpty();
    }

    @Test
    void whatIsLackingIsDoneAndTheSecondTimeNothing() {
        preparation.carryOut(context(), NEWCOMER);
        preparation.carryOut(context(), NEWCOMER);

        assertThat(journal.done()).containsExactly("ctl1 write /etc/hosts", "ctl1 set the kernel");
    }

    @Test
    void aSettingThatDidNotComeTrueIsAFailure() {
        host.answers(
                c ->
                        c.input().contains("sysctl -q -w")
                                ? Optional.of(FakeHost.ok(""))
                                : Optional.empty());

        assertThatThrownBy(() -> preparation.carryOut(context(), NEWCOMER))
                .hasMessageContaining("KR-PREPARE-009")
                .hasMessageContaining("net.ipv4.ip_nonlocal_bind");
    }

    @Test
    void nothingIsDoneWhenAnythingIsRefused() {
        facts.put("uid -", "1000");
        facts.put("epoch -", "90.0");

        assertThatThrownBy(() -> preparation.carryOut(context(), NEWCOMER))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-PREPARE-010");
                            assertThat(f.evidence()).hasSize(2);
                            assertThat(f.sentence()).contains("1 more");
                        });
        assertThat(journal.done()).isEmpty();
    }

    @Test
    void aHostThatIsNotInTheInventoryIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> HostPreparation.host(context().deployment(), "ctl9"))
                .hasMessageContaining("KR-PREPARE-001")
                .hasMessageContaining("\"ctl9\"")
                .hasMessageContaining("ctl1");
    }

    /** What the host's own commands would change about what is seen. */
    private Optional<kolla.runbooks.hosts.CommandResult> follow(Command command) {
        if (command.input().contains("mountpoint")) {
            facts.put("hosts -", host.files().get("/etc/.hosts.kolla-runbooks").content());
        } else if (command.input().contains("sysctl -q -w")) {
            facts.put("kernel net.ipv4.ip_nonlocal_bind", "1");
            facts.put("kernelfile -", host.files().get(KernelSettings.PATH).content());
        }
        return Optional.empty();
    }

    private String seen() {
        StringBuilder out = new StringBuilder();
        facts.forEach(
                (name, value) ->
                        out.append(name)
                                .append(' ')
                                .append(
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        value.getBytes(StandardCharsets.UTF_8)))
                                .append('\n'));
        return out.toString().replace("program podman eWVz\n", "");
    }

    private RolloutContext context() {
        return new RolloutContext(
                Samples.deployment(Map.of()),
                Samples.service("keystone", "x", 5000, NEWCOMER),
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                journal);
    }
}
