package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryReadingTest {

    @TempDir Path folder;
    private Definition definition;

    @BeforeEach
    void start() {
        definition = new Definition(folder);
    }

    private List<String> group(String name) {
        return definition.read().inventory().group(name).stream().map(Host::name).toList();
    }

    private String variable(String host, String name) {
        return definition.read().inventory().host(host).variables().string(name, "(none)");
    }

    @Test
    void readsHostsGroupsAndChildrenInOrder() {
        definition.file(
                "multinode",
                "# the control plane",
                "[control]",
                "ctl[2:1:1]".replace("2:1:1", "1:2"),
                "zeta   ; no comment sign here is a word, so there is none",
                "[network:children]",
                "control",
                "[mariadb:children]",
                "network  # through the network",
                "[compute]");
        definition.file(
                "multinode",
                "# the control plane",
                "[control]",
                "ctl[1:2]",
                "alpha",
                "; another comment",
                "[network:children]",
                "control  # all of them",
                "[mariadb:children]",
                "network",
                "[compute]");
        assertThat(group("mariadb")).containsExactly("ctl1", "ctl2", "alpha");
        assertThat(group("compute")).isEmpty();
        assertThat(group("all")).containsExactly("ctl1", "ctl2", "alpha");
        assertThat(group("nothing of that name")).isEmpty();
    }

    @Test
    void aGroupsOwnHostsComeBeforeThoseOfItsChildren() {
        definition.file("multinode", "[a:children]", "b", "[b]", "h1", "[a]", "h2");
        assertThat(group("a")).containsExactly("h2", "h1");
    }

    @Test
    void hostsBeforeAnySectionAreUngrouped() {
        definition.file("multinode", "h1", "h2", "[a]", "h2");
        assertThat(group("ungrouped")).containsExactly("h1");
        assertThat(group("all")).containsExactly("h1", "h2");
    }

    @Test
    void readsVariablesOfHosts() {
        definition.file(
                "multinode", "[a]", "h1 n=5 t=yes b=True q='a b' l=\"['x', 'y']\" e= # comment");
        Variables variables = definition.read().inventory().host("h1").variables();
        assertThat(variables.values())
                .containsEntry("n", 5)
                .containsEntry("t", "yes")
                .containsEntry("b", true)
                .containsEntry("q", "a b")
                .containsEntry("l", List.of("x", "y"))
                .containsEntry("e", "");
    }

    @Test
    void theNearestVariableWins() {
        definition.file(
                "multinode",
                "[parent:children]",
                "child",
                "[child]",
                "h1 v6=host",
                "h2",
                "[all:vars]",
                "v1=all",
                "v2=all",
                "v3=all",
                "v4=all",
                "v5=all",
                "v6=all",
                "[child:vars]",
                "v3=child",
                "v4=child",
                "v5=child",
                "v6=child",
                "[parent:vars]",
                "v2=parent",
                "v3=parent");
        definition.file("group_vars/all.yml", "v4: group_vars/all", "v5: group_vars/all");
        definition.file("group_vars/child/one.yml", "v5: group_vars/child");
        definition.file("host_vars/h2.yml", "v6: host_vars/h2");
        assertThat(variable("h1", "v1")).isEqualTo("all");
        assertThat(variable("h1", "v2")).isEqualTo("parent");
        assertThat(variable("h1", "v3")).isEqualTo("child");
        assertThat(variable("h1", "v4")).isEqualTo("group_vars/all");
        assertThat(variable("h1", "v5")).isEqualTo("group_vars/child");
        assertThat(variable("h1", "v6")).isEqualTo("host");
        assertThat(variable("h2", "v6")).isEqualTo("host_vars/h2");
    }

    @Test
    void amongGroupsOfOneDepthThePriorityAndThenTheNameDecides() {
        definition.file(
                "multinode", "[a]", "h1", "[b]", "h1", "[a:vars]", "v=a", "w=a", "[b:vars]", "v=b");
        assertThat(variable("h1", "v")).isEqualTo("b");
        definition.file(
                "multinode",
                "[a]",
                "h1",
                "[b]",
                "h1",
                "[a:vars]",
                "v=a",
                "ansible_group_priority=10",
                "[b:vars]",
                "v=b");
        assertThat(variable("h1", "v")).isEqualTo("a");
    }

    @Test
    void mergesSeveralFilesAndTheLaterOneWins() {
        definition
                .file("multinode", "[a]", "h1 v=first")
                .file("more.ini", "[b]", "h2", "[a]", "h1 v=second")
                .file("inventory/10-hosts", "[a:children]", "b")
                .file("inventory/20.yml", "c:", "  hosts:", "    h3:", "      v: 3");
        assertThat(group("a")).containsExactly("h1", "h2");
        assertThat(group("c")).containsExactly("h3");
        assertThat(variable("h1", "v")).isEqualTo("second");
    }

    @Test
    void readsYaml() {
        definition
                .without("multinode")
                .file(
                        "hosts.yml",
                        "all:",
                        "  vars:",
                        "    v: all",
                        "  children:",
                        "    control:",
                        "      hosts:",
                        "        ctl[1:2]:",
                        "          ansible_user: kolla",
                        "        ctl3:",
                        "      vars:",
                        "        v: control",
                        "    mariadb:",
                        "      children:",
                        "        control:");
        assertThat(group("mariadb")).containsExactly("ctl1", "ctl2", "ctl3");
        assertThat(variable("ctl1", "v")).isEqualTo("control");
        assertThat(definition.read().inventory().host("ctl2").login().user()).isEqualTo("kolla");
    }

    @Test
    void knowsYamlWithoutAnEnding() {
        definition.file("multinode", "---", "control:", "  hosts:", "    h1:");
        assertThat(group("control")).containsExactly("h1");
    }

    @Test
    void leavesTheOperatorsOwnMachineOut() {
        definition.file(
                "multinode",
                "[control]",
                "h1",
                "[deployment]",
                "localhost ansible_connection=local",
                "[bifrost:children]",
                "deployment");
        assertThat(definition.read().inventory().hosts())
                .extracting(Host::name)
                .containsExactly("h1");
        assertThat(group("deployment")).isEmpty();
        assertThat(group("all")).containsExactly("h1");
    }

    @Test
    void makesLogins() {
        definition.file(
                "multinode",
                "[a]",
                "h1 ansible_host=10.0.0.1 ansible_port=2222 ansible_user=kolla ansible_become=yes"
                        + " ansible_ssh_private_key_file=keys/id"
                        + " ansible_ssh_common_args='-o ProxyJump=admin@bastion:22'",
                "h2:2022",
                "[2001:db8::1]:2022",
                "10.0.0.9");
        Inventory inventory = definition.read().inventory();
        assertThat(inventory.host("h1").login())
                .isEqualTo(
                        new Login(
                                "10.0.0.1",
                                2222,
                                "kolla",
                                true,
                                java.util.Optional.of(folder.resolve("keys/id")),
                                java.util.Optional.of("admin@bastion:22")));
        assertThat(inventory.host("h2").login())
                .isEqualTo(
                        new Login(
                                "h2",
                                2022,
                                System.getProperty("user.name"),
                                false,
                                java.util.Optional.empty(),
                                java.util.Optional.empty()));
        assertThat(inventory.host("2001:db8::1").login().port()).isEqualTo(2022);
        assertThat(inventory.host("10.0.0.9").login().address()).isEqualTo("10.0.0.9");
    }

    @Test
    void globalsWinOverConnectionVariablesAsExtraVariablesDo() {
        definition.file("multinode", "[a]", "h1 ansible_user=kolla");
        definition.file("globals.yml", "ansible_user: root");
        assertThat(definition.read().inventory().host("h1").login().user()).isEqualTo("root");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "[a:children]\\nb => multinode:2: group \"b\": no file of the inventory defines it",
                "[a:vars]\\nx=1 => multinode:1: group \"a\": no file of the inventory defines it",
                "[control]\\nh\\n[x:children]\\ncontroll => did you mean \"control\"?",
                "[a:children]\\nb\\n[b:children]\\na => contains itself: a → b → a",
                "[a:children]\\na => multinode:2: group \"a\": contains itself: a → a",
                "[a]\\nh[1:x] => multinode:2: host range \"h[1:x]\": \"x\" is no number",
                "[a]\\nh1 x => multinode:2: host \"h1\": \"x\" is not of the form name=value",
                "[a]\\nh1 x='y => multinode:2: a quote ' is never closed",
                "[a\\nh1 => multinode:1: \"[a\": a section is [group]",
                "[a:host]\\nh1 => multinode:1: \"[a:host]\": \":host\" is neither :children nor",
                "[a]\\n[a:vars]\\nx => multinode:3: \"x\": a line of [a:vars] is name=value",
                "[a]\\n[b:children]\\na b => multinode:3: \"a b\": a line of [b:children] is one",
                "# empty => multinode: the inventory has no hosts",
                "#!/bin/sh => multinode:1: inventory scripts are not run here",
                "[a]\\n"
                        + "h1 ansible_port=x => multinode:2: host \"h1\": ansible_port: \"x\" is no"
                        + " port",
                "[a]\\nh1 ansible_port=70000 => \"70000\" is no port (1 to 65535)",
                "[a]\\nh1 ansible_become=maybe => ansible_become: \"maybe\" is neither yes nor no",
                "[a]\\nh1 ansible_become_method=su => ansible_become_method: \"su\": only sudo",
                "[a]\\nh1 ansible_password=x => passwords of logins are not used here",
                "[a]\\nh1 ansible_ssh_common_args='-i x' => [-i, x] is not known here",
                "[a]\\n"
                        + "h1 ansible_connection=docker => \"docker\": the hosts of a cluster are"
                        + " reached",
                "[control]\\nlocalhost ansible_connection=local => the group deployment alone",
                "[a]\\nh1 x={{y}} => multinode:2: x: \"y\" is not defined",
                "[a]\\nh1 ansible_host={{ip}}x => multinode:2: ansible_host: \"ip\" is not defined",
                "a:\\n  host:\\n    h1: => multinode:2: group \"a\": \"host\" is not known; hosts,",
                "plugin: constructed => multinode:1: plugin: inventory plug-ins are not run here",
                "a:\\n  hosts:\\n   - h1 => multinode:3: group \"a\": hosts must be a mapping",
                "a: [ => multinode:2: no valid YAML",
            })
    void reportsWhatIsWrongWithItsPlaceAndWhatWouldBeRight(String text, String gap) {
        definition.file("multinode", text.replace("\\n", "\n"), "");
        assertThat(definition.gaps()).anySatisfy(g -> assertThat(g).contains(gap));
    }

    @Test
    void tellsAllGapsOfAllFilesAtOnce() {
        definition
                .file("multinode", "[a:children]", "missing", "[b]", "h[1:", "h2 x")
                .file("globals.yml", "a: [")
                .without("passwords.yml");
        assertThat(definition.gaps()).hasSize(5);
    }

    @Test
    void saysWhichFilesMustBeThere() {
        definition.without("multinode").without("globals.yml").without("passwords.yml");
        assertThat(definition.gaps())
                .satisfiesExactlyInAnyOrder(
                        g -> assertThat(g).contains("write a file multinode, inventory or hosts"),
                        g -> assertThat(g).startsWith("globals.yml: the file is missing"),
                        g -> assertThat(g).startsWith("passwords.yml: the file is missing"));
    }
}
