package kolla.runbooks.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.model.ContainerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRoundTripTest {

    private static final ContainerSpec PLAIN =
            new ContainerSpec(
                    "memcached",
                    "registry:5000/kolla/memcached:zed",
                    List.of(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    false,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    "unless-stopped",
                    Optional.empty(),
                    Duration.ofSeconds(60));

    @Property(tries = 300)
    void readsBackAsExactlyTheSpecItWasMadeFrom(@ForAll("specs") ContainerSpec spec) {
        InspectedAs engine =
                new InspectedAs()
                        .imageVariable("PATH", "/usr/bin")
                        .imageVariable("KOLLA_BASE_DISTRO", "debian")
                        .imageLabel("build-date", "today")
                        .imageHealth("{\"Test\":[\"CMD\",\"true\"],\"Interval\":1000000000}");

        assertThat(ContainerReading.spec(engine.inspect(spec), Optional.empty())).isEqualTo(spec);
    }

    @Provide
    Arbitrary<ContainerSpec> specs() {
        Arbitrary<String> name =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> text = Arbitraries.strings().ascii().ofMaxLength(12);
        Arbitrary<String> volume =
                Combinators.combine(
                                Arbitraries.of("kolla_logs", "/etc/kolla/x/", "/run"),
                                name,
                                Arbitraries.of(
                                        "", ":ro", ":rw", ":shared", ":ro,rslave", ":z", ":rw,Z"))
                        .as((source, target, options) -> source + ":/" + target + "/" + options);
        Arbitrary<SortedMap<String, String>> variables =
                Arbitraries.maps(
                                Arbitraries.oneOf(
                                        Arbitraries.of("PATH", "KOLLA_BASE_DISTRO"),
                                        name.map(n -> "V" + n)),
                                Arbitraries.oneOf(Arbitraries.of("/usr/bin", "debian", ""), text))
                        .ofMaxSize(4)
                        .map(TreeMap::new);
        Arbitrary<SortedMap<String, String>> labels =
                Arbitraries.maps(Arbitraries.oneOf(Arbitraries.of("build-date"), name), text)
                        .ofMaxSize(3)
                        .map(TreeMap::new);
        Arbitrary<Optional<ContainerSpec.Health>> health =
                Combinators.combine(
                                Arbitraries.of(
                                        List.of("CMD-SHELL", "healthcheck_curl http://x:1"),
                                        List.of("CMD", "true"),
                                        List.of("healthcheck_listen", "memcached", "11211"),
                                        List.of("NONE")),
                                Arbitraries.integers().between(0, 60))
                        .as(
                                (test, s) ->
                                        new ContainerSpec.Health(
                                                test,
                                                Duration.ofSeconds(s),
                                                Duration.ofMillis(s * 10L),
                                                s,
                                                Duration.ofSeconds(5)))
                        .optional();
        return Combinators.combine(
                        volume.list().ofMaxSize(4),
                        variables,
                        labels,
                        Arbitraries.of(true, false),
                        Arbitraries.of("NET_ADMIN", "CAP_SYS_NICE", "ALL").list().ofMaxSize(3),
                        Arbitraries.of("/run", "/tmp:size=64m,mode=1777").list().ofMaxSize(2),
                        Combinators.combine(
                                        Arbitraries.of("host", "")
                                                .map(m -> Optional.of(m).filter(p -> !p.isEmpty())),
                                        Arbitraries.of(
                                                "no",
                                                "always",
                                                "unless-stopped",
                                                "on-failure",
                                                "on-failure:3"))
                                .as(PidAndRestart::new),
                        health)
                .as(
                        (volumes, env, label, privileged, caps, tmpfs, other, check) ->
                                new ContainerSpec(
                                        "x",
                                        "image:1",
                                        volumes,
                                        env,
                                        label,
                                        privileged,
                                        caps,
                                        tmpfs,
                                        other.pid(),
                                        other.restart(),
                                        check,
                                        Duration.ofSeconds(volumes.size() + 10L)));
    }

    private record PidAndRestart(Optional<String> pid, String restart) {}

    @Test
    void makesContainersOnTheHostsNetworkWithRotatedLogsAndOurLabel() {
        ObjectNode request = InspectedAs.request(PLAIN);

        assertThat(request.at("/HostConfig/NetworkMode").asText()).isEqualTo("host");
        assertThat(request.at("/HostConfig/LogConfig/Type").asText()).isEqualTo("json-file");
        assertThat(request.at("/HostConfig/LogConfig/Config/max-size").asText()).isEqualTo("50m");
        assertThat(request.at("/HostConfig/LogConfig/Config/max-file").asText()).isEqualTo("3");
        assertThat(request.at("/Labels/kolla_runbooks").asText()).isEqualTo("1");
    }

    @Test
    void writesNoValueOfAVariableIntoALabel() {
        SortedMap<String, String> secret = new TreeMap<>(Map.of("PASSWORD", "s3cret"));

        assertThat(InspectedAs.request(PLAIN.withEnvironment(secret)).get("Labels").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void subtractsTheImageFromAContainerThatSomebodyElseMade() {
        SortedMap<String, String> own =
                new TreeMap<>(Map.of("KOLLA_CONFIG_STRATEGY", "COPY_ALWAYS"));
        InspectedAs engine =
                new InspectedAs()
                        .imageVariable("PATH", "/usr/bin")
                        .imageLabel("build-date", "today")
                        .imageHealth("{\"Test\":[\"CMD\",\"true\"]}");
        ObjectNode json = engine.json(PLAIN.withEnvironment(own));
        ((ObjectNode) json.at("/Config/Labels"))
                .remove(List.of("kolla_runbooks", "kolla_runbooks_given"));
        ContainerConfig image = engine.inspect(PLAIN).getConfig();

        assertThat(ContainerReading.spec(InspectedAs.parse(json), Optional.of(image)))
                .isEqualTo(PLAIN.withEnvironment(own));
    }

    @Test
    void readsTheSpellingOfKollasOwnTools() {
        ObjectNode json = new InspectedAs().json(PLAIN);
        ObjectNode hostConfig = (ObjectNode) json.get("HostConfig");
        hostConfig.set(
                "Binds",
                InspectedAs.tree(
                        "[\"kolla_logs:/var/log/kolla/:rw\",\"/etc/kolla/x/:/var/lib/kolla/config_files/:ro\"]"));

        assertThat(ContainerReading.spec(InspectedAs.parse(json), Optional.empty()).volumes())
                .containsExactly(
                        "/etc/kolla/x:/var/lib/kolla/config_files:ro", "kolla_logs:/var/log/kolla");
    }

    @Test
    void readsCapabilitiesAsNewerEnginesSpellThem() {
        ObjectNode json = new InspectedAs().json(PLAIN);
        ((ObjectNode) json.get("HostConfig"))
                .set("CapAdd", InspectedAs.tree("[\"CAP_SYS_NICE\",\"CAP_NET_ADMIN\"]"));

        assertThat(ContainerReading.spec(InspectedAs.parse(json), Optional.empty()).capabilities())
                .containsExactly("NET_ADMIN", "SYS_NICE");
    }

    @Test
    void readsTheState() {
        ContainerState state =
                ContainerReading.state(new InspectedAs().inspect(PLAIN), Optional.empty());

        assertThat(state)
                .isEqualTo(
                        new ContainerState(
                                "0123",
                                PLAIN,
                                "sha256:ab",
                                true,
                                ContainerState.Health.HEALTHY,
                                Optional.empty(),
                                Optional.of(Instant.parse("2026-01-02T03:04:05.678901234Z")),
                                2));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 3, 2026-01-01T00:00:00Z, 3",
        "false, 0, 2026-01-01T00:00:00Z, 0",
        "false, 0, 0001-01-01T00:00:00Z, ",
        "true,  0, 2026-01-01T00:00:00Z, ",
    })
    void hasAnExitCodeOnlyWhenItHasEnded(
            boolean running, int code, String finished, Integer expected) {
        ObjectNode json = new InspectedAs().json(PLAIN);
        ((ObjectNode) json.get("State"))
                .put("Running", running)
                .put("ExitCode", code)
                .put("FinishedAt", finished);

        assertThat(ContainerReading.state(InspectedAs.parse(json), Optional.empty()).exitCode())
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "a:/b, a:/b",
        "a:/b:rw, a:/b",
        "a/:/b/:ro, a:/b:ro",
        "'/:/host:rslave,ro', '/:/host:ro,rslave'",
        "/:/, /:/",
    })
    void keepsOneSpellingOfAVolume(String given, String kept) {
        assertThat(VolumeForm.canonical(given)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ":/b", "a:b", ""})
    void refusesWhatIsNoVolume(String given) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> VolumeForm.canonical(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + given + "\"");
    }
}
