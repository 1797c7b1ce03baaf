package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalsReadingTest {

    @TempDir Path folder;
    private Definition definition;

    @BeforeEach
    void start() {
        definition = new Definition(folder);
    }

    @Test
    void readsGlobalsAndThenGlobalsDByName() {
        definition
                .file("globals.yml", "a: 1", "b: 1", "c: 1")
                .file("globals.d/20.yaml", "c: 3")
                .file("globals.d/10.yml", "b: 2", "c: 2")
                .file("globals.d/30.json", "{\"d\": true}")
                .file("globals.d/README", "not: yaml: at all")
                .file("globals.d/10.yml~", "c: 9");
        assertThat(definition.read().globals().values())
                .isEqualTo(Map.of("a", 1, "b", 2, "c", 3, "d", true));
    }

    @Test
    void readsYamlAsAnsibleDoes() {
        definition.file(
                "globals.yml",
                "yes: yes",
                "quoted: \"yes\"",
                "empty:",
                "release: 2024.1",
                "day: 2024-10-02",
                "mode: 0660",
                "text: |",
                "  two",
                "  lines",
                "base: &base {x: 1, y: 1}",
                "over:",
                "  <<: *base",
                "  y: 2",
                "raw: !unsafe '{{ not evaluated }}'");
        assertThat(definition.read().globals().values())
                .containsEntry("yes", true)
                .containsEntry("quoted", "yes")
                .containsEntry("empty", "")
                .containsEntry("release", 2024.1)
                .containsEntry("day", "2024-10-02")
                .containsEntry("mode", 432)
                .containsEntry("text", "two\nlines\n")
                .containsEntry("over", Map.of("x", 1, "y", 2))
                .containsEntry("raw", "{{ not evaluated }}");
    }

    @Test
    void evaluatesReferencesAmongGlobals() {
        definition.file(
                "globals.yml",
                "vip: 10.0.0.10",
                "fqdn: \"{{ vip }}\"",
                "url: \"https://{{ fqdn }}:{{ port }}\"",
                "port: 5000",
                "count: \"{{ groups['control'] | length }}\"",
                "tls: \"{{ enable | bool }}\"",
                "enable: \"no\"",
                "list: [\"{{ vip }}\", x]");
        assertThat(definition.read().globals().values())
                .containsEntry("fqdn", "10.0.0.10")
                .containsEntry("url", "https://10.0.0.10:5000")
                .containsEntry("count", 3)
                .containsEntry("tls", false)
                .containsEntry("list", java.util.List.of("10.0.0.10", "x"));
    }

    @Test
    void evaluatesPerHostWhatAsksForTheHost() {
        definition.file(
                "multinode",
                "[control]",
                "h1 nic=eth1",
                "h2 nic=eth2",
                "[deployment]",
                "localhost ansible_connection=local");
        definition.file(
                "globals.yml",
                "api: \"{{ nic }}\"",
                "also: \"{{ api | default('eth0') }}\"",
                "guarded: \"{{ nic | default('eth0') }}\"",
                "me: \"{{ inventory_hostname }}\"",
                "first: \"{{ hostvars[groups['control'][0]].nic }}\"");
        Cluster cluster = definition.read();
        assertThat(cluster.globals().values()).isEqualTo(Map.of("first", "eth1"));
        Host h2 = cluster.inventory().host("h2");
        assertThat(cluster.variables(h2).values())
                .containsEntry("api", "eth2")
                .containsEntry("also", "eth2")
                .containsEntry("guarded", "eth2")
                .containsEntry("me", "h2")
                .containsEntry("first", "eth1");
    }

    @Test
    void aGlobalWinsOverAHostsVariable() {
        definition.file("multinode", "[control]", "h1 nic=eth1 copy={{nic}}");
        definition.file("globals.yml", "nic: eth0");
        Cluster cluster = definition.read();
        assertThat(cluster.variables(cluster.inventory().host("h1")).values())
                .containsEntry("nic", "eth0")
                .containsEntry("copy", "eth0");
    }

    @Test
    void whatAsksForADefaultOfTheCatalogueWaitsForIt() {
        definition.defaults("database_port");
        definition.file(
                "globals.yml",
                "a: \"{{ database_port }}\"",
                "b: \"{{ a }}\"",
                "c: \"{{ database_port | default(1) }}\"");
        Variables globals = definition.read().globals();
        assertThat(globals.values().values()).allMatch(v -> v instanceof Expression);
        Layers layers =
                new Layers(new Expressions()).with(Map.of("database_port", 3306)).with(globals);
        assertThat(layers.find("b")).contains(3306);
        assertThat(layers.find("c")).contains(3306);
        assertThatThrownBy(() -> globals.string("a"))
                .hasMessageContaining("a: \"{{ database_port }}\" asks for a default");
    }

    @Test
    void toleratesAVariableThatHoldsOnSomeHostsOnly() {
        definition.file(
                "multinode", "[control]", "h1 nic=eth1", "h2", "[control:vars]", "api={{ nic }}");
        Inventory inventory = definition.read().inventory();
        assertThat(inventory.host("h1").variables().string("api")).contains("eth1");
        assertThat(inventory.host("h2").variables().raw("api"))
                .containsInstanceOf(Expression.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "a: \"{{ nothing }}\" => globals.yml:1: a: \"nothing\" is not defined",
                "x: 1\\n"
                        + "\\n"
                        + "a: \"{{ vi }}\"\\n"
                        + "vip: 1 => globals.yml:3: a: \"vi\" is not defined; did",
                "a: \"{{ b }}\"\\nb: \"{{ a }}\" => it refers to itself: ",
                "a: \"{{ 'x' | nofilter }}\" => globals.yml:1: a: the filter \"nofilter\" is not",
                "a: \"{{ lookup('file', 'x') }}\" => globals.yml:1: a: the function \"lookup\" is",
                "a: \"{{ 1 +\" => globals.yml:1: a: a \"{{\"",
                "a:\\n  b:\\n    - x\\n    - \"{{ nothing }}\" => globals.yml:4: a: \"nothing\" is",
                "a: |\\n  x\\n  {{ nothing }} => globals.yml:3: a: \"nothing\" is not defined",
                "- a => globals.yml:1: the file must be a mapping",
                "a: b: c => globals.yml:1: no valid YAML",
                "a: !custom x => globals.yml:1: a: the tag \"!custom\" is not known here",
                "a: &x [*x] => globals.yml:1: a: it contains itself",
                "? [a]\\n: b => globals.yml:1: a key must be plain text",
                "a: !vault x => a: it is encrypted with ansible-vault; write its password into",
            })
    void reportsWhatIsWrongWithItsPlaceAndWhatWouldBeRight(String text, String gap) {
        definition.file("globals.yml", text.replace("\\n", "\n"), "");
        assertThat(definition.gaps()).anySatisfy(g -> assertThat(g).contains(gap));
    }

    @Test
    void namesTheConfigurationFolderAndTheHostKeys() {
        assertThat(definition.read().overrides()).isEqualTo(folder.resolve("config"));
        definition.file("globals.yml", "node_custom_config: /etc/other").file("known_hosts", "");
        assertThat(definition.read().overrides()).isEqualTo(Path.of("/etc/other"));
        definition
                .defaults("node_config")
                .file("globals.yml", "node_custom_config: \"{{ node_config }}/other\"");
        assertThat(definition.read().overrides()).isEqualTo(folder.resolve("other"));
        assertThat(definition.read().knownHosts()).isEqualTo(folder.resolve("known_hosts"));
    }
}
