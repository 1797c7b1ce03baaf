package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped services are configured to, where high availability hangs on it. */
class ServiceConfigurationTest {

    @TempDir Path folder;

    private Deployment plain() {
        return new ClusterFixture(folder).render();
    }

    private static Map<String, List<String>> services(Deployment deployment) {
        return Rendered.haproxy(Rendered.file(deployment, "ctl1", "haproxy/services.cfg"));
    }

    @Test
    void galeraKeepsEveryCommitThatItAcknowledged() {
        assertThat(Rendered.ini(Rendered.file(plain(), "ctl1", "mariadb/galera.cnf")))
                .containsEntry("mysqld.innodb_flush_log_at_trx_commit", "1");
    }

    @Test
    void galeraMembersKnowEachOtherAndBindTheirOwnAddress() {
        Map<String, String> ctl2 =
                Rendered.ini(Rendered.file(plain(), "ctl2", "mariadb/galera.cnf"));

        assertThat(ctl2)
                .containsEntry(
                        "mysqld.wsrep_cluster_address",
                        "gcomm://10.0.0.11:4567,10.0.0.12:4567,10.0.0.13:4567")
                .containsEntry("mysqld.wsrep_node_name", "ctl2")
                .containsEntry("mysqld.bind_address", "10.0.0.12")
                .containsEntry("mysqld.wsrep_sst_method", "mariabackup")
                .containsEntry("mysqld.wsrep_sst_receive_address", "10.0.0.12:4444");
        assertThat(ctl2.get("mysqld.wsrep_provider_options").split(";"))
                .contains(
                        "gmcast.listen_addr=tcp://10.0.0.12:4567",
                        "ist.recv_addr=10.0.0.12:4568",
                        "gcache.size=1G",
                        "gcs.fc_limit=128",
                        "evs.suspect_timeout=PT5S");
    }

    @Test
    void aGaleraClusterOfOneHasNobodyToJoin() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.groups.put("mariadb", List.of("ctl1"));

        assertThat(Rendered.ini(Rendered.file(fixture.render(), "ctl1", "mariadb/galera.cnf")))
                .containsEntry("mysqld.wsrep_cluster_address", "gcomm://");
    }

    @Test
    void theDatabaseHasOneWriterAtATime() {
        List<String> backend = services(plain()).get("backend mariadb");

        String check = " check port 4569 inter 2000 rise 2 fall 3 on-marked-down shutdown-sessions";
        assertThat(backend)
                .contains(
                        "mode tcp",
                        "option httpchk",
                        "server ctl1 10.0.0.11:3306" + check,
                        "server ctl2 10.0.0.12:3306" + check + " backup",
                        "server ctl3 10.0.0.13:3306" + check + " backup");
    }

    @Test
    void theDatabaseHasSeveralWritersOnlyWhenTheOperatorSaysSo() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .with("mariadb_loadbalancer_multi_writer", "yes")
                        .render();

        assertThat(services(deployment).get("backend mariadb"))
                .contains("balance leastconn")
                .noneMatch(line -> line.endsWith("backup"));
    }

    @Test
    void theHealthResponderAsksItsOwnHostAsTheMonitor() {
        assertThat(
                        Rendered.ini(
                                Rendered.file(
                                        plain(), "ctl3", "mariadb_clustercheck/clustercheck.ini")))
                .containsEntry("clustercheck.host", "10.0.0.13")
                .containsEntry("clustercheck.bind_host", "10.0.0.13")
                .containsEntry("clustercheck.user", "monitor")
                .containsEntry("clustercheck.password", "secretofmariadbmonitorpassword");
    }

    @Test
    void apiServersAreEjectedByAnHttpCheck() {
        Map<String, List<String>> services = services(plain());

        assertThat(services.get("frontend keystone_internal_front"))
                .contains("mode http", "bind 10.0.0.100:5000", "default_backend keystone_internal");
        assertThat(services.get("backend keystone_internal"))
                .contains(
                        "option httpchk",
                        "http-check send meth GET uri /v3",
                        "http-check expect status 200",
                        "server ctl2 10.0.0.12:5000 check inter 2000 rise 2 fall 5");
    }

    @Test
    void anExternalAddressOfItsOwnGetsItsOwnFrontend() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .with("kolla_external_vip_address", "192.0.2.9")
                        .with("kolla_external_vip_interface", "eth1")
                        .render();

        assertThat(services(deployment).get("frontend keystone_external_front"))
                .contains("bind 192.0.2.9:5000");
        assertThat(Rendered.file(deployment, "ctl1", "keepalived/keepalived.conf"))
                .contains("192.0.2.9/32 dev eth1", "track_interface");
        assertThat(services(plain())).doesNotContainKey("frontend keystone_external_front");
    }

    @Test
    void runbooksCanDrainServersOverHaproxysSocket() {
        Map<String, List<String>> main =
                Rendered.haproxy(Rendered.file(plain(), "ctl1", "haproxy/haproxy.cfg"));

        assertThat(main.get("global"))
                .anySatisfy(
                        l ->
                                assertThat(l)
                                        .startsWith(
                                                "stats socket /var/lib/kolla/haproxy/haproxy.sock")
                                        .contains("level admin", "expose-fd listeners"))
                .contains("log stdout format raw local0 info");
        assertThat(main.get("defaults")).contains("option redispatch", "retries 3");
        assertThat(main.get("frontend status")).contains("bind 10.0.0.11:61313");
    }

    @Test
    void everyFrontendThatTheRolloutKnowsIsABackendOfHaproxy() {
        Deployment deployment = plain();
        Map<String, List<String>> services = services(deployment);

        assertThat(deployment.services().stream().flatMap(s -> s.frontends().stream()))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(services).containsKey("backend " + f.name()));
    }

    @Test
    void haproxyTakesNewFilesWithoutARestart() {
        DesiredContainer haproxy = Rendered.container(plain(), "haproxy", "ctl1");

        assertThat(haproxy.reload()).hasSize(3);
        assertThat(haproxy.reload().get(2)).startsWith("haproxy -c").endsWith("&& kill -USR2 1");
        assertThat(Rendered.file(plain(), "ctl1", "haproxy/haproxy_run.sh"))
                .contains("exec /usr/sbin/haproxy -W");
    }

    @Test
    void theVirtualAddressStaysWhereItIs() {
        Deployment deployment = plain();

        assertThat(Rendered.file(deployment, "ctl1", "keepalived/keepalived.conf"))
                .contains(
                        "nopreempt",
                        "state BACKUP",
                        "priority 1",
                        "10.0.0.100/32 dev eth0",
                        "check_alive")
                .contains("auth_pass secretof\n")
                .doesNotContain("unicast_peer");
        assertThat(Rendered.file(deployment, "ctl3", "keepalived/keepalived.conf"))
                .contains("priority 3");
    }

    @Test
    void keepalivedSpeaksToItsPeersWhereMulticastDoesNotPass() {
        Deployment deployment =
                new ClusterFixture(folder).with("keepalived_traffic_mode", "unicast").render();

        assertThat(Rendered.file(deployment, "ctl2", "keepalived/keepalived.conf"))
                .containsPattern(
                        "unicast_src_ip 10\\.0\\.0\\.12\\s+unicast_peer"
                                + " \\{\\s+10\\.0\\.0\\.11\\s+10\\.0\\.0\\.13\\s+\\}");
    }

    @Test
    void brokersFindEachOtherAndTheSmallerSideOfAPartitionStops() {
        assertThat(Rendered.ini(Rendered.file(plain(), "ctl1", "rabbitmq/rabbitmq.conf")))
                .containsEntry("cluster_formation.peer_discovery_backend", "classic_config")
                .containsEntry("cluster_formation.classic_config.nodes.1", "rabbit@ctl1")
                .containsEntry("cluster_formation.classic_config.nodes.3", "rabbit@ctl3")
                .containsEntry("cluster_partition_handling", "pause_minority")
                .containsEntry("listeners.tcp.1", "10.0.0.11:5672")
                .containsEntry("management.tcp.ip", "10.0.0.11")
                .containsEntry("default_user", "openstack")
                .doesNotContainKey("default_queue_type");
        assertThat(Rendered.file(plain(), "ctl2", "rabbitmq/rabbitmq-env.conf"))
                .contains("RABBITMQ_NODENAME=rabbit@ctl2", "+sbwt none");
    }

    @Test
    void aBrokerThatLooksForASecondOneFirstDoesNotDoSoForMinutes() {
        Deployment later = new ClusterFixture(folder).with("openstack_release", "2025.1").render();
        String setting = "cluster_formation.discovery_retry_limit";

        assertThat(Rendered.ini(Rendered.file(later, "ctl1", "rabbitmq/rabbitmq.conf")))
                .containsEntry(setting, "1");
        assertThat(Rendered.file(plain(), "ctl1", "rabbitmq/rabbitmq.conf"))
                .doesNotContain(setting);
    }

    @Test
    void queuesAreReplicatedInTheWayThatTheReleaseCan() {
        Deployment zed = plain();
        Deployment later = new ClusterFixture(folder).with("openstack_release", "2025.1").render();

        assertThat(
                        zed.service("rabbitmq")
                                .settings()
                                .truth("om_enable_rabbitmq_high_availability", false))
                .isTrue();
        assertThat(
                        later.service("rabbitmq")
                                .settings()
                                .truth("om_enable_rabbitmq_high_availability", true))
                .isFalse();
        assertThat(Rendered.ini(Rendered.file(later, "ctl1", "rabbitmq/rabbitmq.conf")))
                .containsEntry("default_queue_type", "quorum");
    }

    @Test
    void keystoneUsesTheDatabaseThroughTheVirtualAddressAndCachesOnAllHosts() {
        assertThat(Rendered.ini(Rendered.file(plain(), "ctl1", "keystone/keystone.conf")))
                .containsEntry(
                        "database.connection",
                        "mysql+pymysql://keystone:secretofkeystonedatabasepassword@10.0.0.100:3306/keystone")
                .containsEntry("database.max_retries", "-1")
                .containsEntry("token.provider", "fernet")
                .containsEntry("fernet_tokens.max_active_keys", "3")
                .containsEntry("cache.backend", "oslo_cache.memcache_pool")
                .containsEntry(
                        "cache.memcache_servers",
                        "10.0.0.11:11211,10.0.0.12:11211,10.0.0.13:11211");
    }

    @Test
    void keystoneSaysThatAConnectionEndsWithItsAnswer() {
        assertThat(Rendered.ini(Rendered.file(plain(), "ctl1", "keystone/keystone-uwsgi.ini")))
                .containsEntry("uwsgi.http-keepalive", "false")
                .containsEntry("uwsgi.add-header", "Connection: close");
    }

    @Test
    void aPasswordWithSignsOfAnUrlIsStillOne() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.passwords.put("keystone_database_password", "a/b@c:d");

        assertThat(Rendered.ini(Rendered.file(fixture.render(), "ctl1", "keystone/keystone.conf")))
                .containsEntry(
                        "database.connection",
                        "mysql+pymysql://keystone:a%2Fb%40c%3Ad@10.0.0.100:3306/keystone");
    }

    @Test
    void keystoneWithoutMemcachedCachesNothing() {
        Deployment deployment = new ClusterFixture(folder).with("enable_memcached", "no").render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl1", "keystone/keystone.conf")))
                .containsEntry("cache.enabled", "False");
    }

    @Test
    void keystoneKeepsItsKeysInAVolume() {
        assertThat(Rendered.container(plain(), "keystone", "ctl1").spec().volumes())
                .anySatisfy(
                        v ->
                                assertThat(v)
                                        .matches(
                                                "keystone_fernet_tokens:/etc/keystone/fernet-keys/?"));
    }

    @Test
    void memcachedListensOnTheInternalAddressOnlyAndNotOnUdp() {
        assertThat(Rendered.file(plain(), "ctl2", "memcached/config.json"))
                .contains("-l 10.0.0.12 -p 11211", "-U 0");
    }
}
