package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.DockerEngines;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.ssh.SshHosts;
import kolla.runbooks.inventory.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real engines, by both ways: the socket as root on ctl4, {@code dial-stdio} under sudo on ctl3.
 */
class DockerEngineLabIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static Cluster cluster;
    private static SshHosts hosts;
    private static DockerEngines engines;
    private static String image;

    @BeforeAll
    static void open() {
        cluster = Lab.up().cluster();
        hosts = new SshHosts();
        engines = new DockerEngines(hosts);
        image =
                cluster.globals().string("docker_registry", "")
                        + "/kolla/memcached:"
                        + cluster.globals().string("openstack_tag", "zed-debian-bookworm");
    }

    @AfterAll
    static void close() {
        for (String name : List.of("ctl3", "ctl4")) {
            hosts.on(cluster, cluster.inventory().host(name))
                    .run(Command.of("docker", "volume", "rm", "-f", "runbooks_it_volume"));
        }
        engines.close();
        hosts.close();
    }

    private static ContainerEngine on(String name) {
        return engines.on(cluster, cluster.inventory().host(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctl3", "ctl4"})
    void makesAContainerAndReadsItBackAsTheSameSpec(String name) {
        ContainerEngine engine = on(name);
        engine.pull(image, Optional.empty(), Duration.ofMinutes(3));
        ContainerSpec spec = spec("runbooks_it_container", Map.of("KOLLA_CONFIG_STRATEGY", "x"));
        clear(engine, spec.name());

        engine.create(spec);

        assertThat(engine.inspect(spec.name()).orElseThrow().spec()).isEqualTo(spec);
        assertThat(engine.list()).anyMatch(c -> c.name().equals(spec.name()));
        assertThat(engine.volumePath("runbooks_it_volume")).isPresent();
        clear(engine, spec.name());
        assertThat(engine.inspect(spec.name())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctl3", "ctl4"})
    void runsAJobToItsEndAndTellsItsOutputsAndExitCode(String name) {
        ContainerEngine engine = on(name);
        engine.pull(image, Optional.empty(), Duration.ofMinutes(3));
        ContainerSpec job = spec("runbooks_it_job", Map.of("KOLLA_CONFIG_STRATEGY", "odd"));
        clear(engine, job.name());

        ExecResult result = engine.runToEnd(job.asJob(job.name(), new TreeMap<>()), MINUTE);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("KOLLA_CONFIG_STRATEGY");
        assertThat(engine.inspect(job.name())).isEmpty();
    }

    @Test
    void readsTheOutcomeOfAJobThatEndedWhileNobodyLooked() {
        ContainerEngine engine = on("ctl4");
        engine.pull(image, Optional.empty(), Duration.ofMinutes(3));
        ContainerSpec job =
                spec("runbooks_it_job2", Map.of("KOLLA_CONFIG_STRATEGY", "odd"))
                        .asJob("runbooks_it_job2", new TreeMap<>());
        clear(engine, job.name());
        engine.create(job);
        engine.start(job.name());

        assertThat(engine.runToEnd(job, MINUTE).exit()).isEqualTo(1);
        assertThat(engine.inspect(job.name())).isEmpty();
    }

    @Test
    void namesAnImageThatIsNotInTheRegistry() {
        String missing = image.replace("memcached", "nonsense");

        assertFails(() -> on("ctl4").pull(missing, Optional.empty(), MINUTE), "KR-ENGINE-002");
    }

    @Test
    void namesARegistryThatIsNotThere() {
        assertFails(
                () -> on("ctl4").pull("127.0.0.1:9/kolla/x:1", Optional.empty(), MINUTE),
                "KR-ENGINE-003");
    }

    @Test
    void tellsTheEnginesVersion() {
        assertThat(on("ctl4").info().version()).matches("\\d+\\..*");
    }

    private static void assertFails(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo(code));
    }

    private static void clear(ContainerEngine engine, String name) {
        engine.stop(name, Duration.ofSeconds(1));
        engine.remove(name);
    }

    private static ContainerSpec spec(String name, Map<String, String> environment) {
        return new ContainerSpec(
                name,
                image,
                List.of(
                        "runbooks_it_volume:/var/lib/x/",
                        "/etc/localtime:/etc/localtime:ro",
                        "/run/netns:/run/netns:shared"),
                new TreeMap<>(environment),
                new TreeMap<>(Map.of("kolla_it", "a label")),
                false,
                List.of("NET_ADMIN", "SYS_NICE"),
                List.of("/tmp/it:size=1m"),
                Optional.of("host"),
                "unless-stopped",
                Optional.of(
                        new ContainerSpec.Health(
                                List.of("CMD-SHELL", "true"),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                3,
                                Duration.ofSeconds(5))),
                Duration.ofSeconds(61));
    }
}
