package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.inventory.Host;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingOrderTest {

    private static final List<Host> HOSTS =
            List.of(
                    Samples.host("ctl1", 1),
                    Samples.host("ctl2", 2),
                    Samples.host("ctl3", 3),
                    Samples.host("ctl4", 4));

    /**
     * A word a host: {@code good} or {@code old}, then what is seen of it: {@code +} runs and is
     * served, {@code -} runs and every load balancer sees it down, {@code ?} runs and stands behind
     * no load balancer, {@code .} does not run.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good+ good+ good+ | ",
                "good- good+ good+ | ",
                "old.  old.  old.  | ctl1,ctl2,ctl3",
                "old.  good. old.  | ctl1,ctl3",
                "old+  old+  old+  | ctl1 ctl2 ctl3",
                "old?  old?  old?  | ctl1 ctl2 ctl3",
                "old+  old.  old.  | ctl2 ctl3 ctl1",
                "old+  old-  old.  | ctl2 ctl3 ctl1",
                "old-  old-  old-  | ctl1 ctl2 ctl3",
                "old+  old+  old-  | ctl3 ctl1 ctl2",
                "old?  old.  old?  | ctl2 ctl1 ctl3",
                "good+ old.  old+  | ctl2 ctl3",
            })
    void whoServesNobodyGoesFirst(String seen, String order) {
        assertThat(RollingOrder.decide(seen(seen.split("\\s+"))))
                .isEqualTo(order == null ? List.of() : order(order));
    }

    @Property
    void nobodyWhoServesIsTakenWhileOneWhoDoesNotIsStillToBeChanged(
            @ForAll("clusters") List<String> words) {
        Map<Host, RollingOrder.Seen> seen = seen(words.toArray(String[]::new));
        boolean servingTaken = false;
        for (List<Host> batch : RollingOrder.decide(seen)) {
            boolean serving = batch.stream().anyMatch(h -> seen.get(h).serves());
            assertThat(servingTaken && !serving).isFalse();
            assertThat(serving && batch.size() > 1).as("two at a time").isFalse();
            servingTaken |= serving;
        }
    }

    @Property
    void exactlyWhatDiffersIsChanged(@ForAll("clusters") List<String> words) {
        Map<Host, RollingOrder.Seen> seen = seen(words.toArray(String[]::new));

        assertThat(RollingOrder.decide(seen).stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        seen.keySet().stream().filter(h -> seen.get(h).differs()).toList());
    }

    @Provide
    Arbitrary<List<String>> clusters() {
        return Arbitraries.of("good+", "good-", "good?", "good.", "old+", "old-", "old?", "old.")
                .list()
                .ofMinSize(1)
                .ofMaxSize(HOSTS.size());
    }

    private static Map<Host, RollingOrder.Seen> seen(String... words) {
        Map<Host, RollingOrder.Seen> seen = new LinkedHashMap<>();
        for (String word : words) {
            char what = word.charAt(word.length() - 1);
            seen.put(
                    HOSTS.get(seen.size()),
                    new RollingOrder.Seen(
                            word.startsWith("old"),
                            what != '.',
                            what == '?' ? Optional.empty() : Optional.of(what == '+')));
        }
        return seen;
    }

    private static List<List<Host>> order(String text) {
        List<List<Host>> order = new ArrayList<>();
        for (String batch : text.split(" ")) {
            order.add(
                    Arrays.stream(batch.split(","))
                            .map(n -> HOSTS.get(n.charAt(3) - '1'))
                            .toList());
        }
        return order;
    }
}
