package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostChange.Departure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inventories before and after a change; all other lines must stay letter by letter. */
class InventoryEditTest {

    @TempDir Path folder;
    private Definition definition;

    @BeforeEach
    void start() {
        definition = new Definition(folder);
    }

    static HostChange leave(String host, String... groups) {
        return new HostChange(List.of(new Departure(host, Set.of(groups))), List.of());
    }

    static Arrival like(String host, String address, String like, String... groups) {
        return new Arrival(
                host,
                Optional.of(address).filter(a -> !a.isEmpty()),
                Optional.of(like).filter(l -> !l.isEmpty()),
                Set.of(groups));
    }

    static HostChange join(Arrival... arrivals) {
        return new HostChange(List.of(), List.of(arrivals));
    }

    static HostChange replace(String old, Arrival arrival) {
        return new HostChange(List.of(new Departure(old, Set.of())), List.of(arrival));
    }

    private InventoryEdit edit(String before, HostChange change) {
        definition.file("multinode", before);
        return definition.clusters().edit("lab", change);
    }

    /** The text after the change; asked again of that text, the change must change nothing. */
    private String changed(String before, HostChange change) {
        InventoryEdit edit = edit(before, change);
        String after =
                edit.changesAnything()
                        ? edit.files().get(folder.resolve("multinode")).after()
                        : before;
        assertThat(edit(after, change).files()).as("applied twice").isEmpty();
        return after;
    }

    @Test
    void aHostLeavesWithItsLines() {
        assertThat(
                        changed(
                                """
                                # ctl3 is in rack 3
                                [control]
                                ctl1 ansible_host=10.0.0.1   # rack 1
                                ctl2 ansible_host=10.0.0.2

                                ; soon to go
                                ctl3 ansible_host=10.0.0.3
                                # the end

                                [network:children]
                                control
                                [mariadb]
                                ctl1
                                ctl3
                                """,
                                leave("ctl3")))
                .isEqualTo(
                        """
                        # ctl3 is in rack 3
                        [control]
                        ctl1 ansible_host=10.0.0.1   # rack 1
                        ctl2 ansible_host=10.0.0.2

                        ; soon to go
                        # the end

                        [network:children]
                        control
                        [mariadb]
                        ctl1
                        """);
    }

    @Test
    void aRangeIsWrittenAsASmallerOneOrAsNames() {
        String before =
                """
                [control]
                  ctl[01:05]:2022  ansible_user='a b' # all of them
                [db]
                db-[a:c].example
                [n]
                n[1:9:2]
                [two]
                r[1:2]h[1:2]
                """;
        assertThat(changed(before, leave("ctl03")))
                .contains("  ctl[01:02]:2022  ansible_user='a b' # all of them\n")
                .contains("of them\n  ctl[04:05]:2022  ansible_user='a b'\n[db]");
        assertThat(changed(before, leave("ctl05")))
                .contains("  ctl[01:04]:2022  ansible_user='a b' # all of them\n[db]");
        assertThat(changed(before, leave("ctl02")))
                .contains("  ctl01:2022  ansible_user='a b' # all of them\n  ctl[03:05]:2022 ");
        assertThat(changed(before, leave("db-b.example"))).contains("db-a.example\ndb-c.example\n");
        assertThat(changed(before, leave("n5"))).contains("n[1:3:2]\nn[7:9:2]\n");
        assertThat(changed(before, leave("r1h2"))).contains("r1h1\nr2h1\nr2h2\n");
    }

    @Test
    void aHostLeavesAGroupThatHasItByAChild() {
        assertThat(
                        changed(
                                """
                                [control]
                                ctl[1:3]
                                [network:children]
                                control

                                # tokens
                                [keystone:children]
                                control  # all of them

                                [common:children]
                                keystone
                                control
                                """,
                                leave("ctl3", "keystone")))
                .isEqualTo(
                        """
                        [control]
                        ctl[1:3]
                        [network:children]
                        control

                        # tokens
                        [keystone]
                        ctl1
                        ctl2

                        [common:children]
                        keystone
                        control
                        """);
    }

    @Test
    void otherChildrenOfTheGroupStayAndHostsComeBehindItsOwn() {
        assertThat(
                        changed(
                                """
                                [a]
                                a[1:2]
                                [b]
                                b1
                                # first
                                [g:children]
                                a
                                # more
                                b
                                """,
                                leave("a2", "g")))
                .endsWith("# first\n[g]\na1\n\n[g:children]\n# more\nb\n");
        assertThat(
                        changed(
                                """
                                [a]
                                a[1:2]
                                [g]
                                own
                                # behind
                                [g:children]
                                a
                                """,
                                leave("a2", "g")))
                .endsWith("[g]\nown\na1\n# behind\n[g:children]\n");
    }

    @Test
    void whereTheOrderWouldChangeEveryChildIsReplaced() {
        assertThat(changed("[a]\na1\n[b]\nb[1:2]\n[g:children]\na\nb\n", leave("b1", "g")))
                .endsWith("[g]\na1\nb2\n");
    }

    @Test
    void aHostThatLeavesOneGroupTakesNothingElseAlong() {
        assertThat(
                        changed(
                                """
                                [lab]
                                ctl[1:2]
                                ctl3 ansible_host=10.0.0.3 # here
                                [control]
                                ctl[1:2]
                                ctl3 ansible_user='the kolla' ansible_become=true
                                [network:children]
                                control
                                """,
                                leave("ctl3", "control")))
                .isEqualTo(
                        """
                        [lab]
                        ctl[1:2]
                        ctl3 ansible_host=10.0.0.3 ansible_user='the kolla' ansible_become=true # here
                        [control]
                        ctl[1:2]
                        [network:children]
                        control
                        """);
        assertThat(
                        changed(
                                "[lab]\nctl[1:3]\n[control]\nctl[1:2]\nctl3:22 a=1\n",
                                leave("ctl3", "control")))
                .isEqualTo("[lab]\nctl[1:3]\nctl3 ansible_port=22 a=1\n[control]\nctl[1:2]\n");
    }

    @Test
    void aHostLeavesAParentAndItsChildAtOnce() {
        assertThat(changed("[c]\nx\ny\n[b:children]\nc\n[a:children]\nb\n", leave("x", "a", "b")))
                .isEqualTo("[c]\nx\ny\n[b]\ny\n[a:children]\nb\n");
    }

    @Test
    void aNewHostStandsWhereTheOtherOneDoes() {
        assertThat(
                        changed(
                                """
                                [control]
                                ctl1   ansible_host=10.0.0.1  ansible_user="kolla" weight=3 # rack 1
                                ctl2 ansible_host=10.0.0.2

                                [network]
                                ctl[1:2] network_interface=eth0
                                # the end
                                [keystone:children]
                                control
                                [storage]
                                ctl2
                                """,
                                join(like("ctl4", "10.0.0.4", "ctl1"))))
                .isEqualTo(
                        """
                        [control]
                        ctl1   ansible_host=10.0.0.1  ansible_user="kolla" weight=3 # rack 1
                        ctl4   ansible_host=10.0.0.4  ansible_user="kolla" weight=3
                        ctl2 ansible_host=10.0.0.2

                        [network]
                        ctl[1:2] network_interface=eth0
                        ctl4 network_interface=eth0
                        # the end
                        [keystone:children]
                        control
                        [storage]
                        ctl2
                        """);
    }

    @Test
    void theAddressIsWrittenAlsoWhereTheOtherHasNone() {
        assertThat(changed("[a]\nh[1:2]\n[b]\nh1\n", join(like("h4", "10.0.0.4", "h1"))))
                .isEqualTo("[a]\nh[1:2]\nh4 ansible_host=10.0.0.4\n[b]\nh1\nh4\n");
        assertThat(changed("[a]\nh1 ansible_host=10.0.0.1\n", join(like("h4", "", "h1"))))
                .isEqualTo("[a]\nh1 ansible_host=10.0.0.1\nh4\n");
    }

    @Test
    void aHostIsReplacedInItsPlace() {
        assertThat(
                        changed(
                                """
                                [control]
                                ctl[1:3] ansible_user=root
                                [mariadb]
                                ctl2 ansible_host=10.0.0.2
                                ctl1
                                [keystone:children]
                                control
                                """,
                                replace("ctl2", like("ctl4", "10.0.0.4", "ctl2"))))
                .isEqualTo(
                        """
                        [control]
                        ctl1 ansible_user=root
                        ctl4 ansible_user=root
                        ctl3 ansible_user=root
                        [mariadb]
                        ctl4 ansible_host=10.0.0.4
                        ctl1
                        [keystone:children]
                        control
                        """);
    }

    @Test
    void aHostThatStandsTwiceIsReplacedInItsFirstPlace() {
        assertThat(
                        changed(
                                "[a]\nh1 x=1\nh2\nh1 y=2\n",
                                replace("h1", like("h4", "10.0.0.4", "h1"))))
                .isEqualTo("[a]\nh4 ansible_host=10.0.0.4 x=1 y=2\nh2\n");
        assertThat(changed("[a]\nh1 x=1\nh2\nh1 y=2\n", join(like("h4", "", "h1"))))
                .isEqualTo("[a]\nh1 x=1\nh2\nh1 y=2\nh4 x=1 y=2\n");
    }

    @Test
    void aHostOfTheInventoryKeepsItsLoginAndWhatIsSaidOfIt() {
        InventoryEdit edit =
                edit(
                        """
                        [spare]
                        ctl4 ansible_host=10.0.0.4 ansible_user=root weight=1
                        [control]
                        ctl3 ansible_host=10.0.0.3 ansible_user=kolla ansible_become=true weight=3 x=1
                        """,
                        replace("ctl3", like("ctl4", "", "ctl3")));
        assertThat(edit.files().get(folder.resolve("multinode")).after())
                .isEqualTo(
                        """
                        [spare]
                        ctl4 ansible_host=10.0.0.4 ansible_user=root weight=1
                        [control]
                        ctl4 x=1
                        """);
        assertThat(edit.notes())
                .containsExactly(
                        "ansible_become of ctl3 is not taken over: ctl4 has a login of its own in"
                                + " the inventory");
    }

    @Test
    void whatIsTheOtherHostsAloneIsToldAndNotTakenOver() {
        InventoryEdit edit =
                edit(
                        """
                        [control]
                        ctl1 ansible_host=10.0.0.1 storage_ip=10.1.0.1 gateway=10.1.0.254 id=node-ctl11 fqdn=ctl1.example host={{ansible_host}}
                        ctl2 ansible_host=10.0.0.2 storage_ip=10.1.0.2 gateway=10.1.0.254 id=ctl1 url=http://10.0.0.2:80/
                        """,
                        join(like("ctl3", "10.0.0.3", "ctl1"), like("ctl4", "10.0.0.4", "ctl2")));
        assertThat(edit.files().get(folder.resolve("multinode")).after())
                .contains(
                        "\nctl3 ansible_host=10.0.0.3 gateway=10.1.0.254 id=node-ctl11"
                                + " host={{ansible_host}}\n")
                .contains("\nctl4 ansible_host=10.0.0.4 gateway=10.1.0.254 id=ctl1\n");
        assertThat(edit.notes())
                .satisfiesExactly(
                        n -> assertThat(n).startsWith("storage_ip of ctl1 is not taken over"),
                        n -> assertThat(n).startsWith("fqdn of ctl1 is not taken over"),
                        n -> assertThat(n).startsWith("storage_ip of ctl2 is not taken over"),
                        n -> assertThat(n).startsWith("url of ctl2 is not taken over"));
    }

    @Test
    void aHostIsReplacedUnderItsOwnName() {
        String before = "[a]\nh[1:2]\n[b]\nh1   ansible_host=10.0.0.1 x=1 # here\n[c]\nh2\n";
        assertThat(changed(before, replace("h1", like("h1", "10.0.0.9", ""))))
                .isEqualTo(before.replace("10.0.0.1 ", "10.0.0.9 "));
        assertThat(changed(before, replace("h1", like("h1", "", "h1")))).isEqualTo(before);
        assertThat(changed(before, replace("h2", like("h2", "10.0.0.9", ""))))
                .isEqualTo(before.replace("[c]\nh2", "[c]\nh2 ansible_host=10.0.0.9"));
        assertThat(changed("[a]\nh[1:2]\n", replace("h2", like("h2", "10.0.0.9", ""))))
                .isEqualTo("[a]\nh[1:2]\nh2 ansible_host=10.0.0.9\n");
        assertThat(
                        changed(
                                "[a]\nh1 ansible_ssh_host=10.0.0.1\n",
                                replace("h1", like("h1", "10.0.0.9", ""))))
                .isEqualTo("[a]\nh1 ansible_ssh_host=10.0.0.9\n");
    }

    @Test
    void anAddressIsWrittenBehindARangeThatSaysAnother() {
        String before = "[a]\nh1\n[b]\nh[1:2] ansible_host=10.0.0.1\nh3\n";
        assertThat(changed(before, replace("h1", like("h1", "10.0.0.9", ""))))
                .isEqualTo(before.replace("h3", "h1 ansible_host=10.0.0.9\nh3"));
    }

    @Test
    void aHostThatLeavesAltogetherLeavesItsGroupsToo() {
        assertThat(
                        changed(
                                "[a]\nh[1:2]\n[b:children]\na\n",
                                new HostChange(
                                        List.of(
                                                new Departure("h1", Set.of("b")),
                                                new Departure("h1", Set.of())),
                                        List.of())))
                .isEqualTo("[a]\nh2\n[b:children]\na\n");
    }

    @Test
    void aHostIsPutIntoGroups() {
        String before =
                """
                [control]
                ctl[1:2]
                [full]
                ctl1
                # comment

                [empty]
                # nobody yet
                [children:children]
                control
                [hollow:children]
                """;
        assertThat(changed(before, join(like("ctl4", "10.0.0.4", "", "full"))))
                .isEqualTo(before.replace("ctl1\n#", "ctl1\nctl4 ansible_host=10.0.0.4\n#"));
        assertThat(changed(before, join(like("ctl4", "", "", "empty"))))
                .isEqualTo(before.replace("[empty]\n", "[empty]\nctl4\n"));
        assertThat(changed(before, join(like("ctl4", "", "", "children"))))
                .isEqualTo(
                        before.replace(
                                "[children:children]", "[children]\nctl4\n\n[children:children]"));
        assertThat(changed(before, join(like("ctl4", "", "", "hollow"))))
                .isEqualTo(before.replace("[hollow:children]\n", "[hollow]\nctl4\n"));
        assertThat(changed(before, join(like("ctl1", "", "", "children")))).isEqualTo(before);
        assertThat(changed(before, join(like("ctl4", "", "ctl2", "full", "children"))))
                .isEqualTo(
                        before.replace("ctl[1:2]\n", "ctl[1:2]\nctl4\n")
                                .replace("ctl1\n#", "ctl1\nctl4\n#"));
    }

    @Test
    void tellsWhenANewHostComesFirst() {
        assertThat(
                        edit(
                                        "[control]\nctl1\n[db:children]\ncontrol\n",
                                        join(like("ctl4", "", "", "db")))
                                .notes())
                .containsExactly(
                        "ctl4 comes first in the group db, because a group's own hosts come before"
                                + " those of its children");
    }

    @Test
    void aHostMovesFromOneGroupToAnother() {
        assertThat(
                        changed(
                                "[a]\nh1 ansible_host=10.0.0.1 x=1\nh2\n[b]\nh2\n",
                                new HostChange(
                                        List.of(new Departure("h1", Set.of("a"))),
                                        List.of(like("h1", "10.0.0.9", "", "b")))))
                .isEqualTo("[a]\nh2\n[b]\nh2\nh1 ansible_host=10.0.0.9 x=1\n");
    }

    @Test
    void endsOfLinesStay() {
        assertThat(changed("[a]\r\nh1\r\nh2\r\n[b]\r\nh1", join(like("h4", "10.0.0.4", "h1"))))
                .isEqualTo("[a]\r\nh1\r\nh4 ansible_host=10.0.0.4\r\nh2\r\n[b]\r\nh1\r\nh4");
        assertThat(changed("[a]\nh1\nh2", leave("h2"))).isEqualTo("[a]\nh1\n");
        assertThat(changed("[a]\nh1\nh2", leave("h1"))).isEqualTo("[a]\nh2");
        assertThat(changed("[a]\nh1", join(like("h2", "", "h1")))).isEqualTo("[a]\nh1\nh2");
        assertThat(changed("[a]\n\n\nh1\n\n", leave("h2"))).isEqualTo("[a]\n\n\nh1\n\n");
    }

    @Test
    void hostsBeforeAnySectionAreChangedToo() {
        assertThat(changed("h1\nh2 x=1\n[a]\nh1\n", leave("h2"))).isEqualTo("h1\n[a]\nh1\n");
        assertThat(changed("h1\nh2 x=1\n[a]\nh1\n", join(like("h3", "", "h2"))))
                .isEqualTo("h1\nh2 x=1\nh3 x=1\n[a]\nh1\n");
    }

    @Test
    void severalHostsLeaveAndJoinAtOnce() {
        assertThat(
                        changed(
                                "[control]\nctl[1:5]\n[keystone:children]\ncontrol\n",
                                new HostChange(
                                        List.of(
                                                new Departure("ctl1", Set.of("keystone")),
                                                new Departure("ctl2", Set.of("keystone")),
                                                new Departure("ctl4", Set.of())),
                                        List.of(
                                                like("ctl6", "", "ctl4"),
                                                like("ctl7", "", "ctl5")))))
                .isEqualTo(
                        """
                        [control]
                        ctl[1:3]
                        ctl6
                        ctl5
                        ctl7
                        [keystone]
                        ctl3
                        ctl6
                        ctl5
                        ctl7
                        """);
    }

    @Test
    void filesThatAreNotConcernedAreNotInTheEdit() {
        definition.file("inventory/more.ini", "[storage]\nst[1:2]\n");
        InventoryEdit edit = edit("[control]\nctl[1:3]\n", leave("st2"));
        assertThat(edit.files()).containsOnlyKeys(folder.resolve("inventory/more.ini"));
        assertThat(edit.diff())
                .isEqualTo(
                        """
                        diff --git a/inventory/more.ini b/inventory/more.ini
                        --- a/inventory/more.ini
                        +++ b/inventory/more.ini
                        @@ -1,2 +1,2 @@
                         [storage]
                        -st[1:2]
                        +st1
                        """);
    }

    @Test
    void aYamlFileThatIsNotConcernedStays() {
        definition.file("hosts.yml", "compute:\n  hosts:\n    cmp1:\n");
        assertThat(edit("[control]\nctl[1:3]\n", leave("ctl2")).files())
                .containsOnlyKeys(folder.resolve("multinode"));
    }

    @Test
    void tellsWhatStays() {
        definition.file("host_vars/ctl3.yml", "a: 1").file("host_vars/ctl1/x.yml", "b: 1");
        assertThat(
                        edit(
                                        "[control]\nctl1\nctl3\n[storage]\nctl3\n",
                                        replace("ctl3", like("ctl4", "", "ctl1")))
                                .notes())
                .containsExactly(
                        "host_vars/ctl3.yml stays; remove it when nobody needs the variables of"
                                + " ctl3",
                        "the group storage has no host any more",
                        "host_vars/ctl1 has variables of ctl1; ctl4 has no such file: write one"
                                + " where it needs them");
    }

    @Test
    void whoIsGoneAlreadyIsTold() {
        InventoryEdit edit = edit("[control]\nctl[1:2]\nctl4\n", leave("ctl3"));
        assertThat(edit.changesAnything()).isFalse();
        assertThat(edit.diff()).isEmpty();
        assertThat(edit.notes()).singleElement().asString().startsWith("ctl3 is not in the inv");
        assertThat(
                        edit(
                                        "[control]\nctl[1:2]\nctl4\n",
                                        replace("ctl3", like("ctl4", "", "ctl3")))
                                .notes())
                .contains(
                        "ctl3 is not in the inventory any more; ctl4 stays in the groups that it"
                                + " has");
    }

    @Test
    void theLabsControllerIsReplacedByTheSpare() throws IOException {
        String lab = Files.readString(Path.of("../lab/cluster/multinode"));
        lab = lab.replace("@PREFIX@", "10.20.0").replace("@KEY@", "key");
        String after = changed(lab, replace("ctl3", like("ctl4", "10.20.0.14", "ctl3")));
        assertThat(after)
                .isEqualTo(
                        lab.replace("ctl3 ansible_host=10.20.0.13\n", "")
                                .replace("ctl3 ansible_user=kolla ansible_become=true", "ctl4"));
        definition.file("multinode", after);
        Inventory read = definition.read().inventory();
        assertThat(read.group("keystone"))
                .extracting(Host::name)
                .containsExactly("ctl1", "ctl2", "ctl4");
        assertThat(read.host("ctl4").login().user()).isEqualTo("root");
        assertThat(read.host("ctl4").login().become()).isFalse();
    }

    @Test
    void theLabGrowsByTheSpareAndShrinksAgain() throws IOException {
        String lab = Files.readString(Path.of("../lab/cluster/multinode"));
        lab = lab.replace("@PREFIX@", "10.20.0").replace("@KEY@", "key");
        String four = changed(lab, join(like("ctl4", "", "ctl1")));
        assertThat(four)
                .isEqualTo(
                        lab.replace(
                                "[1:2] ansible_user=root\n", "[1:2] ansible_user=root\nctl4\n"));
        assertThat(changed(four, leave("ctl4", "control"))).isEqualTo(lab);
    }

    @Test
    void theClusterIsReadWithTheChangeOverIt() {
        definition.file("multinode", "[control]\nctl[1:3]\n");
        HostChange change = replace("ctl3", like("ctl4", "10.0.0.4", "ctl3"));
        Cluster changed = definition.clusters().read("lab", Map.of("a", "b"), change);
        assertThat(changed.inventory().group("control"))
                .extracting(Host::name)
                .containsExactly("ctl1", "ctl2", "ctl4");
        assertThat(changed.inventory().host("ctl4").login().address()).isEqualTo("10.0.0.4");
        assertThat(changed.globals().string("a")).contains("b");
        assertThat(definition.read().inventory().find("ctl3")).isPresent();
        assertThat(definition.clusters().read("lab", Map.of(), HostChange.NONE).inventory())
                .isEqualTo(definition.read().inventory());
    }
}
