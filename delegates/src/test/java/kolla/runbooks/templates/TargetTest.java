package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.upgrade.DefinitionLines;
import kolla.runbooks.upgrade.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target of an upgrade over a rendered definition. */
class TargetTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    @TempDir private Path folder;
    private ClusterFixture defined;

    @BeforeEach
    void definition() {
        defined = new ClusterFixture(folder);
    }

    @Test
    void withoutReleaseAndImagesThereIsNoTarget() {
        assertThat(Target.of(given(Map.of("services", "keystone")))).isEmpty();
    }

    @Test
    void onlyTheChosenServicesGoToTheRelease() {
        Deployment mixed = over(Map.of("release", "2025.1", "services", "keystone, memcached"));

        assertThat(image(mixed, "keystone", "keystone", "ctl1")).contains(":2025.1-");
        assertThat(image(mixed, "memcached", "memcached", "ctl3")).contains(":2025.1-");
        assertThat(image(mixed, "rabbitmq", "rabbitmq", "ctl1")).contains(":zed-");
    }

    @Test
    void onlyTheChosenHostsGo() {
        Deployment mixed = over(Map.of("release", "2025.1", "hosts", "ctl2"));

        assertThat(image(mixed, "keystone", "keystone", "ctl2")).contains(":2025.1-");
        assertThat(image(mixed, "keystone", "keystone", "ctl1")).contains(":zed-");
    }

    @Test
    void anImageIsPinnedByItsDigest() {
        Deployment mixed = over(Map.of("images", "memcached=registry.example/memcached" + DIGEST));

        assertThat(image(mixed, "memcached", "memcached", "ctl1"))
                .isEqualTo("registry.example/memcached" + DIGEST);
        assertThat(image(mixed, "keystone", "keystone", "ctl1")).contains(":zed-");
    }

    /** A job that went to another host's server would leave this one's tables as they were. */
    @Test
    void whatIsDoneAfterAHostIsDoneToThatHost() {
        DesiredService mariadb = over(Map.of("release", "2025.1")).service("mariadb");

        assertThat(mariadb.hosts())
                .hasSize(3)
                .allSatisfy(
                        host ->
                                assertThat(mariadb.upgrade().after(host))
                                        .singleElement()
                                        .extracting(job -> job.environment().get("DB_HOST"))
                                        .isEqualTo(host.login().address()));
    }

    @Test
    void afterwardsTheDefinitionSaysWhatRuns() {
        Target target =
                Target.of(
                                given(
                                        Map.of(
                                                "release",
                                                "2025.1",
                                                "services",
                                                "keystone,memcached,mariadb,loadbalancer")))
                        .orElseThrow();

        assertThat(DefinitionLines.of(target, defined.render()))
                .containsExactly(
                        "openstack_release: \"2025.1\"", "rabbitmq_tag: \"zed-debian-bookworm\"");
    }

    @Test
    void whatIsNotOfTheClusterIsRefusedByName() {
        refused(Map.of("release", "2025.1", "services", "keystone,nova"), "services: \"nova\"");
        refused(Map.of("release", "2025.1", "hosts", "ctl9"), "hosts: \"ctl9\"");
        refused(Map.of("images", "memcached:latest"), "images: \"memcached:latest\"");
        refused(Map.of("images", "nova_api=r/n" + DIGEST), "images: \"nova_api\"");
    }

    private void refused(Map<String, String> parameters, String sentence) {
        assertThatThrownBy(() -> over(parameters))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-UPGRADE-001")
                .hasMessageContaining(sentence);
    }

    private Deployment over(Map<String, String> parameters) {
        Target target = Target.of(given(parameters)).orElseThrow();
        Deployment before = defined.render();
        defined.globals.putAll(target.extra());
        if (target.extra().containsKey("openstack_release")) {
            defined.globals.put("kolla_base_distro_version", "trixie");
        }
        return target.over(before, defined.render());
    }

    private static String image(
            Deployment deployment, String service, String container, String host) {
        return deployment
                .service(service)
                .container(deployment.cluster().inventory().host(host), container)
                .orElseThrow()
                .spec()
                .image();
    }

    private static Function<String, Optional<String>> given(Map<String, String> parameters) {
        return name -> Optional.ofNullable(parameters.get(name));
    }
}
