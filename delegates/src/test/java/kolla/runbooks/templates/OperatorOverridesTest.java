package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kolla.runbooks.catalog.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorOverridesTest {

    @TempDir Path folder;

    @Test
    void mergesOsloFilesFromTheGeneralToTheHost() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override(
                                "global.conf",
                                "[token]\nexpiration = 1\n[audit]\nnamespace = all\n")
                        .override(
                                "keystone.conf",
                                "[token]\nexpiration = 2\n[identity]\npassword_hash_rounds = 4\n")
                        .override("keystone/ctl2/keystone.conf", "[token]\nexpiration = 3\n")
                        .render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl1", "keystone/keystone.conf")))
                .containsEntry("token.expiration", "2")
                .containsEntry("audit.namespace", "all")
                .containsEntry("identity.password_hash_rounds", "4")
                .containsEntry("token.provider", "fernet");
        assertThat(Rendered.ini(Rendered.file(deployment, "ctl2", "keystone/keystone.conf")))
                .containsEntry("token.expiration", "3");
    }

    @Test
    void mergesGaleraSettingsWithoutGlobalConf() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override("global.conf", "[mysqld]\nport = 1\n")
                        .override("galera.cnf", "[mysqld]\nmax_connections = 500\n")
                        .override("mariadb/ctl3/galera.cnf", "[mysqld]\nwsrep_slave_threads = 9\n")
                        .render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl3", "mariadb/galera.cnf")))
                .containsEntry("mysqld.max_connections", "500")
                .containsEntry("mysqld.wsrep_slave_threads", "9")
                .containsEntry("mysqld.port", "3306");
    }

    @Test
    void evaluatesJinjaInAnOperatorsFile() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override(
                                "galera.cnf",
                                "[mysqld]\nreport_host = {{ api_interface_address }}\n")
                        .render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl2", "mariadb/galera.cnf")))
                .containsEntry("mysqld.report_host", "10.0.0.12");
    }

    @Test
    void replacesSingleKeysOfRabbitmqConf() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override(
                                "rabbitmq/rabbitmq.conf",
                                "net_ticktime = 30\nvm_memory_high_watermark.absolute = 400MB\n")
                        .render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl1", "rabbitmq/rabbitmq.conf")))
                .containsEntry("net_ticktime", "30")
                .containsEntry("vm_memory_high_watermark.absolute", "400MB")
                .containsEntry("cluster_partition_handling", "pause_minority");
    }

    @Test
    void takesAWholeFileWhereNothingCanBeMerged() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override(
                                "keepalived/keepalived.conf",
                                "# mine, for {{ inventory_hostname }}\n")
                        .override("haproxy/haproxy_main.cfg", "global\n    maxconn 7\n")
                        .render();

        assertThat(Rendered.file(deployment, "ctl3", "keepalived/keepalived.conf"))
                .isEqualTo("# mine, for ctl3\n");
        assertThat(Rendered.file(deployment, "ctl1", "haproxy/haproxy.cfg"))
                .isEqualTo("global\n    maxconn 7\n");
    }

    @Test
    void addsTheOperatorsHaproxyServicesBehindItsOwn() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .override(
                                "haproxy/services.d/b.cfg",
                                "listen second\n    bind {{ kolla_internal_vip_address }}:82\n")
                        .override(
                                "haproxy/services.d/a.cfg",
                                "listen first\n    bind {{ api_interface_address }}:81\n")
                        .override("haproxy/services.d/notes.txt", "not HAProxy's")
                        .render();

        assertThat(Rendered.haproxy(Rendered.file(deployment, "ctl1", "haproxy/services.cfg")))
                .containsEntry("listen first", java.util.List.of("bind 10.0.0.11:81"))
                .containsEntry("listen second", java.util.List.of("bind 10.0.0.100:82"))
                .containsKey("backend mariadb");
        assertThat(Rendered.file(deployment, "ctl1", "haproxy/services.cfg"))
                .doesNotContain("not HAProxy's")
                .containsSubsequence("backend mariadb", "listen first", "listen second");
    }
}
