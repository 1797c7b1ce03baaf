package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreparationDecisionsTest {

    @Test
    void aPreparedHostLacksNothing() {
        PreparationDecision decision = Sights.decide(Sights.of("ctl4"));

        assertThat(decision.changes()).isEmpty();
        assertThat(decision.refusals()).isEmpty();
        assertThat(decision.notes()).isEmpty();
    }

    @Test
    void aBareHostGetsEverythingInOrder() {
        PreparationDecision decision =
                Sights.decide(
                        Sights.of("ctl4")
                                .noEngine()
                                .starts("not-found")
                                .without("dockerd", "docker", "iptables")
                                .hosts("127.0.0.1 localhost\n127.0.1.1 ctl4\n")
                                .resolves(Map.of("ctl4", "127.0.1.1"))
                                .kernel(Map.of("net.ipv4.ip_nonlocal_bind", "0"))
                                .noKernelFile());

        assertThat(decision.refusals()).isEmpty();
        assertThat(decision.changes())
                .map(c -> c.getClass().getSimpleName())
                .containsExactly("Names", "EngineFile", "Packages", "EngineStart", "Kernel");
        assertThat(decision.changes()).map(Change::host).containsOnly("ctl4");
        assertThat(decision.changes().get(2))
                .isEqualTo(
                        new Change.Packages(
                                "ctl4", List.of("docker.io", "docker-cli", "iptables")));
        assertThat(((Change.Names) decision.changes().get(0)).loosened()).containsExactly("ctl4");
        // the kernel has no IPv6
        assertThat(((Change.Kernel) decision.changes().get(4)).values())
                .containsOnlyKeys("net.ipv4.ip_nonlocal_bind");
    }

    @Test
    void theOtherHostsLearnItsNameAndNothingElse() {
        PreparationDecision decision =
                Sights.decide(
                        Sights.of("ctl4"),
                        Sights.of("ctl1")
                                .hosts("10.0.0.1 ctl1\n")
                                .noEngine()
                                .without("dockerd")
                                .noKernelFile()
                                .clock(100));

        assertThat(decision.refusals()).isEmpty();
        assertThat(decision.changes()).hasSize(1);
        Change.Names names = (Change.Names) decision.changes().get(0);
        assertThat(names.host()).isEqualTo("ctl1");
        assertThat(names.names()).isEqualTo(Map.of("ctl4", "10.0.0.4"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("KR-PREPARE-010", Sights.of("ctl4").notRoot(), "ansible_become"),
                Arguments.of("KR-PREPARE-010", Sights.of("ctl4").free(1L << 30), "1.0 GiB free"),
                Arguments.of(
                        "KR-PREPARE-002",
                        Sights.of("ctl4").runs("rocky", "9").noEngine().without("dockerd"),
                        "rocky 9"),
                Arguments.of(
                        "KR-PREPARE-002",
                        Sights.of("ctl4").runs("debian", "11").without("iptables"),
                        "Missing: iptables"),
                Arguments.of(
                        "KR-PREPARE-003",
                        Sights.of("ctl4").engine("19.03.8", "10.0.0.2:5000"),
                        "19.03.8"),
                Arguments.of(
                        "KR-PREPARE-003",
                        Sights.of("ctl4").noEngine().without("dockerd").with("podman"),
                        "Podman"),
                Arguments.of(
                        "KR-PREPARE-004",
                        Sights.of("ctl4").noEngine().daemonFile("{ \"a\": "),
                        "daemon.json"),
                Arguments.of(
                        "KR-PREPARE-004",
                        Sights.of("ctl4")
                                .engine("26.1.5")
                                .daemonFile("{\"insecure-registries\": \"x\"}"),
                        "no list"),
                Arguments.of("KR-PREPARE-007", Sights.of("ctl4").clock(-90), "90 s behind"),
                Arguments.of(
                        "KR-PREPARE-007", Sights.of("ctl4").clock(90, "chronyd"), "chronyd runs"),
                Arguments.of(
                        "KR-PREPARE-006",
                        Sights.of("ctl4").hosts("10.0.0.9 ctl1\n10.0.0.4 ctl4\n"),
                        "10.0.0.9"),
                Arguments.of(
                        "KR-PREPARE-006",
                        Sights.of("ctl4")
                                .hosts("10.0.0.4 ctl4\n")
                                .resolves(Map.of("ctl1", "192.0.2.7")),
                        "DNS"),
                Arguments.of(
                        "KR-PREPARE-006",
                        Sights.of("ctl4")
                                .hosts(
                                        "# BEGIN hosts of cluster lab, written by kolla-runbooks\n"
                                                + Sights.NAMES),
                        "END line"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNotOursToSettleIsRefused(String code, Sights newcomer, String says) {
        assertThat(Sights.decide(newcomer).refusals())
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.code()).isEqualTo(code);
                            assertThat(r.host()).isEqualTo("ctl4");
                            assertThat(r.sentence()).contains(says);
                        });
    }

    @Test
    void allReasonsComeAtOnce() {
        assertThat(Sights.decide(Sights.of("ctl4").notRoot().clock(90).free(1)).refusals())
                .hasSize(3);
    }

    @Test
    void aDistributionThatLacksNothingIsNotAskedForItsName() {
        PreparationDecision decision = Sights.decide(Sights.of("ctl4").runs("rocky", "9"));

        assertThat(decision.refusals()).isEmpty();
        assertThat(decision.changes()).isEmpty();
    }

    @Test
    void anEngineThatAnswersKeepsItsPackages() {
        PreparationDecision decision =
                Sights.decide(Sights.of("ctl4").without("dockerd", "docker", "ping"));

        assertThat(decision.changes())
                .containsExactly(new Change.Packages("ctl4", List.of("iputils-ping")));
        assertThat(decision.notes()).singleElement().asString().contains("dockerd");
    }

    @Test
    void dpkgThatWasStoppedInTheMiddleIsFinished() {
        assertThat(Sights.decide(Sights.of("ctl4").halfDone()).changes())
                .containsExactly(new Change.Packages("ctl4", List.of()));
    }

    @Test
    void anEngineThatReachesTheRegistryByItsCommandLineIsLeftAlone() {
        assertThat(Sights.decide(Sights.of("ctl4").daemonFile("no JSON")).changes()).isEmpty();
    }

    @Test
    void anEngineThatDoesNotFollowItsFileIsToldAgain() {
        assertThat(
                        Sights.decide(
                                        Sights.of("ctl4")
                                                .engine("26.1.5", "127.0.0.0/8")
                                                .daemonFile(
                                                        "{\"insecure-registries\":"
                                                                + " [\"10.0.0.2:5000\"]}"))
                                .changes())
                .containsExactly(new Change.EngineFile("ctl4", "10.0.0.2:5000"));
    }

    @Test
    void anEngineThatDoesNotStartAtBootIsEnabled() {
        assertThat(Sights.decide(Sights.of("ctl4").starts("disabled")).changes())
                .containsExactly(new Change.EngineStart("ctl4"));
    }

    @Test
    void aSettingThatWouldNotOutliveABootIsWrittenDown() {
        assertThat(Sights.decide(Sights.of("ctl4").noKernelFile()).changes())
                .containsExactly(new Change.Kernel("ctl4", Sights.KERNEL));
    }

    @Test
    void firewallsAndMissingTimeServicesAreNoted() {
        assertThat(Sights.decide(Sights.of("ctl4").clock(0).firewall("ufw is active")).notes())
                .hasSize(2)
                .anySatisfy(n -> assertThat(n).contains("ufw is active"))
                .anySatisfy(n -> assertThat(n).contains("no time service"));
    }
}
