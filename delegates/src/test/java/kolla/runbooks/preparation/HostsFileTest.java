package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HostsFileTest {

    private static final String BEGIN = "# BEGIN hosts of cluster lab, written by kolla-runbooks\n";
    private static final String END = "# END hosts of cluster lab, written by kolla-runbooks\n";

    @Test
    void theBlockIsReplacedWhereItStands() {
        String text = "127.0.0.1 localhost\n" + BEGIN + "10.0.0.9 ctl4\n" + END + "1.2.3.4 x\n";

        assertThat(new HostsFile(text, "lab").with(Map.of("ctl4", "10.0.0.4"), List.of()))
                .isEqualTo(
                        "127.0.0.1 localhost\n" + BEGIN + "10.0.0.4 ctl4\n" + END + "1.2.3.4 x\n");
    }

    @Test
    void theBlockOfAnotherClusterIsSomebodyElses() {
        String other = (BEGIN + "10.0.0.9 ctl4\n" + END).replace("lab", "lab2");

        assertThat(new HostsFile(other, "lab").others("ctl4")).containsExactly("10.0.0.9");
        assertThat(new HostsFile(other, "lab").with(Map.of(), List.of())).isEqualTo(other);
    }

    @Test
    void aLoopbackAddressKeepsItsOtherNames() {
        String text = "127.0.1.1 ctl4.example ctl4\n127.0.0.1 localhost\n";

        assertThat(new HostsFile(text, "lab").with(Map.of(), List.of("ctl4")))
                .isEqualTo("127.0.1.1\tctl4.example\n127.0.0.1 localhost\n");
    }

    @Test
    void aLoopbackAddressWithoutAnyNameLeftIsCommentedOut() {
        assertThat(new HostsFile("127.0.1.1\tctl4\n", "lab").with(Map.of(), List.of("ctl4")))
                .isEqualTo("# 127.0.1.1\tctl4\n");
    }

    @Test
    void whatIsInACommentIsNoName() {
        HostsFile file = new HostsFile("10.0.0.9 x # ctl4\n# 10.0.0.8 ctl4\nfd00::4 ctl4\n", "lab");

        assertThat(file.others("ctl4")).isEmpty();
    }

    @Test
    void namesOfHostsThatLeftTheInventoryGo() {
        String text = Sights.NAMES + BEGIN + "10.0.0.3 ctl3\n" + END;

        Change.Names change =
                NamesDecision.of(Sights.wanted(), Sights.of("ctl4").hosts(text).sight())
                        .change()
                        .orElseThrow();

        assertThat(change.names()).isEmpty();
        assertThat(new HostsFile(text, "lab").with(change.names(), change.loosened()))
                .isEqualTo(Sights.NAMES);
    }

    /** Whatever the file says: after the change nothing is left, and lines of others stay. */
    @Property
    void aChangeIsDoneOnceAndLeavesTheLinesOfOthers(@ForAll("files") String text) {
        NamesDecision decision =
                NamesDecision.of(Sights.wanted(), Sights.of("ctl4").hosts(text).sight());
        if (decision.change().isEmpty()) {
            return;
        }
        Change.Names change = decision.change().get();
        String after = new HostsFile(text, "lab").with(change.names(), change.loosened());

        NamesDecision again =
                NamesDecision.of(Sights.wanted(), Sights.of("ctl4").hosts(after).sight());
        assertThat(again.change()).isEmpty();
        assertThat(again.refusals()).isEmpty();
        assertThat(after.lines().toList())
                .containsAll(
                        text.lines()
                                .filter(l -> !l.startsWith("127.0.1.1") && !l.contains("block"))
                                .toList());
        Sights.ADDRESSES.forEach(
                (name, address) ->
                        assertThat(after.lines())
                                .anySatisfy(l -> assertThat(l).startsWith(address).contains(name)));
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of(
                        "127.0.0.1 localhost",
                        "127.0.1.1 ctl4",
                        "127.0.1.1 ctl4.example ctl4 printer",
                        "10.0.0.1 ctl1 ctl1.example",
                        "10.0.0.4\tctl4",
                        "10.0.0.7 printer # by the door",
                        "",
                        "# a comment",
                        (BEGIN + "10.0.0.1 ctl1 block\n" + END).strip())
                .list()
                .uniqueElements()
                .ofMaxSize(8)
                .map(lines -> lines.stream().map(l -> l + "\n").collect(Collectors.joining()));
    }
}
