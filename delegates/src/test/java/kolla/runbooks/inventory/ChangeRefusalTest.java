package kolla.runbooks.inventory;

import static kolla.runbooks.inventory.InventoryEditTest.join;
import static kolla.runbooks.inventory.InventoryEditTest.leave;
import static kolla.runbooks.inventory.InventoryEditTest.like;
import static kolla.runbooks.inventory.InventoryEditTest.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.HostChange.Departure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not possible is refused with the field, the value and what would be right. */
class ChangeRefusalTest {

    private static final String INVENTORY =
            """
            [control]
            ctl1 ansible_host=10.0.0.1
            ctl2 ansible_host=10.0.0.2
            ctl3

            [keystone:children]
            control
            [deployment]
            localhost ansible_connection=local
            """;

    @TempDir Path folder;
    private Definition definition;

    @BeforeEach
    void start() {
        definition = new Definition(folder).file("multinode", INVENTORY);
    }

    private RunbookFailure refused(HostChange change) {
        RunbookFailure failure =
                catchThrowableOfType(
                        RunbookFailure.class, () -> definition.clusters().edit("lab", change));
        assertThat(failure).as("refused").isNotNull();
        assertThat(failure.code()).isEqualTo("KR-MEMBERS-001");
        assertThat(failure.remedy()).isEqualTo(RunbookFailure.Remedy.PERSON);
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "|",
            value = {
                "ctl4|10.0.0.4|ctl9|like: \"ctl9\": no host of the inventory has this name (did you"
                        + " mean \"ctl1\"?); there are ctl1, ctl2, ctl3, localhost",
                "ctl4||localhost|like: \"localhost\": it is the operator's own machine",
                "ctl4||ctl4|like: \"ctl4\": the host is new: it cannot stand like itself",
                "ctl4|||like: \"\": the host is new: name a host that it is to stand like",
                "ctl_4||ctl1|name: \"ctl_4\": a host's name has letters, digits, hyphens and dots",
                "-ctl||ctl1|name: \"-ctl\"",
                "ctl[1:2]||ctl1|name: \"ctl[1:2]\"",
                "ctl 4||ctl1|name: \"ctl 4\"",
                "10.0.0.400||ctl1|name: \"10.0.0.400\"",
                "keystone||ctl1|name: \"keystone\": it is a group's name already",
                "localhost|10.0.0.4||name: \"localhost\": it is the operator's own machine",
                "ctl4|10.0.0.2|ctl1|address: \"10.0.0.2\": this is the address of ctl2; give",
                "ctl4|ctl3|ctl1|address: \"ctl3\": this is the address of ctl3; give",
                "ctl1|10.0.0.2||address: \"10.0.0.2\": this is the address of ctl2; give",
                "ctl4|10.0.0|ctl1|address: \"10.0.0\": neither an IP address nor a name",
                "ctl4|a=b|ctl1|address: \"a=b\": neither an IP address nor a name",
                "ctl4|fd00::x|ctl1|address: \"fd00::x\": neither an IP address nor a name",
            })
    void anArrivalThatDoesNotFit(String host, String address, String like, String message) {
        RunbookFailure failure =
                refused(join(like(host, address == null ? "" : address, like == null ? "" : like)));
        assertThat(failure.sentence()).startsWith("host \"" + host + "\": ").contains(message);
        assertThat(failure.evidence()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.4", "fd00::4", "ctl4.example.org", "10-0-0-4"})
    void anAddressMayBeOneOrAName(String address) {
        assertThat(definition.clusters().edit("lab", join(like("ctl4", address, "ctl1"))).diff())
                .contains("+ctl4 ansible_host=" + address + "\n");
    }

    @Test
    void groupsThatAreNotThere() {
        assertThat(refused(leave("ctl1", "keyston")).sentence())
                .isEqualTo(
                        "host \"ctl1\": leaves group: \"keyston\": the inventory has no such group"
                                + " (did you mean \"keystone\"?); write a section [keyston] or"
                                + " correct the name");
        assertThat(refused(join(like("ctl4", "", "", "mariadb"))).sentence())
                .startsWith("host \"ctl4\": joins group: \"mariadb\": the inventory has no such");
        assertThat(refused(leave("ctl1", "all")).sentence())
                .contains("\"all\" is no group of its own; name groups of the inventory, or none");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        RunbookFailure failure =
                refused(
                        new HostChange(
                                List.of(new Departure("ctl1", Set.of("x"))),
                                List.of(
                                        like("c_4", "10.0.0.1", "ctl9"),
                                        like("ctl5", "10.0.0.5", "ctl1"),
                                        like("ctl6", "10.0.0.5", "ctl1"))));
        assertThat(failure.sentence()).startsWith("5 problem(s); the first: host \"ctl1\": leaves");
        assertThat(failure.evidence())
                .hasSize(5)
                .last()
                .asString()
                .contains("this is the address of ctl5");
    }

    @Test
    void contradictions() {
        assertThat(
                        refused(
                                        new HostChange(
                                                List.of(new Departure("ctl1", Set.of("control"))),
                                                List.of(like("ctl1", "", "", "control"))))
                                .sentence())
                .contains("groups: \"control\": the host cannot leave and join it at once");
        assertThat(refused(replace("ctl1", like("ctl1", "", "ctl2"))).sentence())
                .contains("like: \"ctl2\": a host that is replaced under its own name keeps");
        assertThat(refused(join(like("c4", "", "ctl1"), like("c4", "", "ctl2"))).sentence())
                .contains("joining: \"c4\": it stands there twice");
        assertThat(refused(leave("localhost")).sentence()).contains("the operator's own machine");
    }

    @Test
    void theAddressOfAHostThatLeavesIsFree() {
        assertThat(
                        definition
                                .clusters()
                                .edit("lab", replace("ctl2", like("ctl4", "10.0.0.2", "ctl2")))
                                .diff())
                .contains("-ctl2 ansible_host=10.0.0.2\n+ctl4 ansible_host=10.0.0.2\n");
    }

    @Test
    void aHostThatWouldBeInNoGroup() {
        assertThat(refused(leave("ctl1", "control")).sentence())
                .contains("host \"ctl1\": it would be in no group and so not in the inventory");
    }

    @Test
    void aHostInAYamlFile() {
        definition.file("hosts.yml", "storage:\n  hosts:\n    ctl1:\n");
        RunbookFailure failure = refused(leave("ctl1"));
        assertThat(failure.sentence())
                .contains("hosts.yml names ctl1 and is not written here, because a YAML file would")
                .contains("change it by hand, then start again");
        assertThat(failure.evidence())
                .contains("group \"storage\": ctl1 is still in it")
                .contains("host \"ctl1\": it is still in the inventory");
        assertThat(refused(join(like("ctl4", "", "ctl1"))).evidence())
                .contains("group \"storage\": ctl4 is not in it and must be");
    }

    @Test
    void aChildInAYamlFile() {
        definition.file("hosts.yml", "horizon:\n  children:\n    control:\n");
        assertThat(refused(leave("ctl1", "horizon")).sentence())
                .startsWith("2 problem(s); the first: hosts.yml names horizon and is not written");
    }

    @Test
    void anEncryptedInventory() {
        definition
                .file(
                        "inventory/more",
                        VaultFixture.encrypt(
                                "[storage]\nctl1\n", "secret", "$ANSIBLE_VAULT;1.1;AES256"))
                .file(".vault_pass", "secret");
        assertThat(refused(leave("ctl1")).sentence())
                .contains("inventory/more names ctl1 and is not written here, because it is enc");
        assertThat(definition.clusters().edit("lab", leave("ctl2")).changesAnything()).isTrue();
    }

    @Test
    void anAddressInHostVars() {
        definition.file("host_vars/ctl3.yml", "---", "ansible_host: 10.0.0.3");
        RunbookFailure failure = refused(replace("ctl3", like("ctl3", "10.0.0.9", "")));
        assertThat(failure.sentence())
                .contains(
                        "host \"ctl3\": ansible_host: host_vars/ctl3.yml:2 says \"10.0.0.3\", and"
                                + " this file is not written here; write 10.0.0.9 there");
        assertThat(
                        definition
                                .clusters()
                                .edit("lab", replace("ctl3", like("ctl3", "10.0.0.3", "")))
                                .changesAnything())
                .isFalse();
    }

    @Test
    void aVariableThatWouldChangeOnAHostThatStays() {
        // Without its parent, control is no deeper than zone, and zone wins by its name.
        definition.file(
                "multinode",
                """
                [control]
                ctl[1:2]
                [zone]
                ctl1
                [keystone:children]
                control
                [control:vars]
                weight=1
                [zone:vars]
                weight=2
                """);
        assertThat(refused(leave("ctl2", "keystone")).sentence())
                .contains(
                        "without changing more than was asked for: host \"ctl1\": weight: it must");
    }

    @Test
    void aDefinitionThatHasGapsAlready() {
        definition.file("multinode", "[control:children]\nmissing\n");
        assertThatThrownBy(() -> definition.clusters().edit("lab", leave("ctl1")))
                .isInstanceOf(DefinitionException.class);
    }

    @Test
    void aDefinitionThatHasGapsWithTheChange() {
        definition.file("globals.yml", "first: \"{{ hostvars['ctl1'].ansible_host }}\"");
        assertThatThrownBy(() -> definition.clusters().read("lab", Map.of(), leave("ctl1")))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-MEMBERS-001: with this change: ")
                .hasMessageContaining("globals.yml:1: first: ");
        definition.file("globals.yml", "first: \"{{ nobody }}\"");
        assertThatThrownBy(() -> definition.clusters().read("lab", Map.of(), leave("ctl1")))
                .isInstanceOf(DefinitionException.class);
        assertThat(refused(leaveAll()).sentence())
                .startsWith("with this change: ")
                .contains("the inventory has no hosts");
    }

    private HostChange leaveAll() {
        definition.file("multinode", "[control]\nctl[1:2]\n");
        return new HostChange(
                List.of(new Departure("ctl1", Set.of()), new Departure("ctl2", Set.of())),
                List.of());
    }
}
