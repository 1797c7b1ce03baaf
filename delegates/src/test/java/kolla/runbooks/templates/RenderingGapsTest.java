package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingGapsTest {

    @TempDir Path folder;

    private static List<Gap> gaps(ClusterFixture fixture) {
        DefinitionException refusal =
                catchThrowableOfType(DefinitionException.class, fixture::render);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.gaps();
    }

    @Test
    void namesTemplateAndLineOfAMissingPasswordOnce() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.passwords.remove("haproxy_password");

        assertThat(gaps(fixture))
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.file().toString())
                                    .endsWith("loadbalancer/haproxy.cfg.j2");
                            assertThat(gap.line()).isGreaterThan(40);
                            assertThat(gap.what()).contains("haproxy_password");
                        });
    }

    @Test
    void reportsTheGapsOfAllServicesTogether() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.passwords.clear();

        assertThat(gaps(fixture).toString())
                .contains(
                        "haproxy.cfg.j2",
                        "keepalived.conf.j2",
                        "galera.cnf.j2",
                        "clustercheck.ini.j2",
                        "rabbitmq.conf.j2",
                        "keystone.conf.j2",
                        "passwords.yml has no value for \"keystone_database_password\"",
                        "rabbitmq_cluster_cookie");
    }

    @Test
    void namesTheHostWhereOnlyOneIsConcerned() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.addresses.put("ctl3", "ctl3.example");

        assertThat(gaps(fixture))
                .anySatisfy(
                        gap ->
                                assertThat(gap.what())
                                        .contains(
                                                "api_interface_address of host ctl3",
                                                "\"ctl3.example\"",
                                                "no IPv4 address"));
    }

    @Test
    void refusesTwoHostsAtOneAddress() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.addresses.put("ctl3", "10.0.0.11");

        assertThat(gaps(fixture))
                .anySatisfy(gap -> assertThat(gap.what()).contains("ctl3", "10.0.0.11", "another"));
    }

    @Test
    void saysWhichGroupHasNoHost() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.groups.remove("memcached");

        assertThat(gaps(fixture))
                .anySatisfy(gap -> assertThat(gap.what()).contains("[memcached]", "no host"));
    }

    @Test
    void listsTheReleasesThatAreKnown() {
        assertThat(gaps(new ClusterFixture(folder).with("openstack_release", "antelope")))
                .anySatisfy(
                        gap -> assertThat(gap.what()).contains("\"antelope\"", "zed", "2024.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "enable_proxysql, yes, HAProxy",
        "kolla_enable_tls_internal, yes, TLS",
        "kolla_container_engine, podman, docker",
        "keepalived_virtual_router_id, 300, 255",
        "keepalived_traffic_mode, broadcast, unicast",
        "rabbitmq_cluster_partition_handling, pause_all, pause_minority",
        "keystone_fernet_max_active_keys, 2, 3",
        "memcached_max_memory, '{{ nowhere }}', nowhere",
        "mariadb_clustercheck_port, http, whole number",
        "enable_keystone, maybe, maybe",
        "kolla_internal_vip_address, vip.example, IPv4"
    })
    void refusesAChoiceThatItCannotServe(String global, String value, String says) {
        assertThat(gaps(new ClusterFixture(folder).with(global, value)))
                .anySatisfy(gap -> assertThat(gap.what()).contains(says));
    }

    @Test
    void reportsAnUndefinedNameInAnOperatorsFileWithItsLine() {
        ClusterFixture fixture =
                new ClusterFixture(folder)
                        .override("keystone.conf", "[token]\nexpiration = {{ my_expiry }}\n");

        assertThat(gaps(fixture))
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.file())
                                    .isEqualTo(folder.resolve("config/keystone.conf"));
                            assertThat(gap.line()).isEqualTo(2);
                            assertThat(gap.what()).contains("my_expiry");
                        });
    }

    @Test
    void reportsVariablesThatReferToEachOtherInACircle() {
        ClusterFixture fixture =
                new ClusterFixture(folder)
                        .with("memcached_max_memory", "{{ memcached_connection_limit }}")
                        .with("memcached_connection_limit", "{{ memcached_max_memory }}");

        assertThat(gaps(fixture))
                .anySatisfy(gap -> assertThat(gap.what()).contains("refers to itself"));
    }

    @Test
    void doesNotReadJinjaInPasswords() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.passwords.put("mariadb_monitor_password", "{{ lookup }}");

        assertThat(
                        Rendered.ini(
                                Rendered.file(
                                        fixture.render(),
                                        "ctl1",
                                        "mariadb_clustercheck/clustercheck.ini")))
                .containsEntry("clustercheck.password", "{{ lookup }}");
    }

    @Test
    void needsNoPasswordOfAServiceThatIsOff() {
        ClusterFixture fixture = new ClusterFixture(folder).with("enable_rabbitmq", "no");
        fixture.passwords.keySet().removeIf(k -> k.startsWith("rabbitmq"));

        assertThat(Map.copyOf(Rendered.files(fixture.render()))).isNotEmpty();
    }
}
