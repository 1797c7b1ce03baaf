package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A changed setting restarts only what reads it, so it must change no other file. */
class ChangedVariableTest {

    @TempDir Path folder;

    private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
        Set<String> changed = new TreeSet<>();
        before.forEach(
                (path, content) -> {
                    if (!content.equals(after.get(path))) {
                        changed.add(path);
                    }
                });
        after.keySet().stream().filter(p -> !before.containsKey(p)).forEach(changed::add);
        return changed;
    }

    @ParameterizedTest
    @CsvSource({
        "memcached_max_memory, 99, memcached/config.json",
        "mariadb_max_connections, 99, mariadb/galera.cnf",
        "haproxy_client_timeout, 99s, haproxy/haproxy.cfg",
        "keepalived_virtual_router_id, 99, keepalived/keepalived.conf",
        "rabbitmq_net_ticktime, 99, rabbitmq/rabbitmq.conf",
        "keystone_password_hash_rounds, 9, keystone/keystone.conf",
        "mariadb_loadbalancer_multi_writer, yes, haproxy/services.cfg"
    })
    void changesTheFilesThatReadItOnEveryHostAndNoOthers(String global, String value, String file) {
        Map<String, String> before = Rendered.files(new ClusterFixture(folder).render());
        Map<String, String> after =
                Rendered.files(new ClusterFixture(folder).with(global, value).render());

        assertThat(changed(before, after))
                .containsExactlyInAnyOrder("ctl1:" + file, "ctl2:" + file, "ctl3:" + file);
    }

    @Test
    void aHostsOwnVariableChangesThatHostAlone() {
        ClusterFixture fixture = new ClusterFixture(folder);
        Map<String, String> before = Rendered.files(fixture.render());
        fixture.hostVariables.put("ctl2", Map.of("mariadb_innodb_buffer_pool_size", "4G"));

        assertThat(changed(before, Rendered.files(fixture.render())))
                .containsExactly("ctl2:mariadb/galera.cnf");
    }

    @Test
    void aChangedPasswordOfTheDatabaseReachesOnlyItsUsers() {
        ClusterFixture fixture = new ClusterFixture(folder);
        Map<String, String> before = Rendered.files(fixture.render());
        fixture.passwords.put("keystone_database_password", "another");

        assertThat(changed(before, Rendered.files(fixture.render())))
                .allMatch(p -> p.endsWith(":keystone/keystone.conf"))
                .hasSize(3);
    }
}
