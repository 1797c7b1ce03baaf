package kolla.runbooks.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WavesTest {

    @Test
    void putsIndependentServicesSideBySide() {
        assertThat(Waves.of(Map.of("b", List.of(), "a", List.of(), "c", List.of("a", "b"))))
                .containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void doesNotWaitForWhatIsNotThere() {
        assertThat(Waves.of(Map.of("a", List.of("elsewhere")))).containsExactly(List.of("a"));
    }

    @Test
    void namesTheServicesOfACircle() {
        assertThatThrownBy(
                        () ->
                                Waves.of(
                                        Map.of(
                                                "nova",
                                                List.of("neutron"),
                                                "neutron",
                                                List.of("nova"),
                                                "glance",
                                                List.of())))
                .isInstanceOf(Waves.Cycle.class)
                .hasMessageContaining("nova")
                .hasMessageContaining("neutron")
                .hasMessageNotContaining("glance");
    }

    /** Service i may depend on lower numbers only, so there is always an order. */
    @Property
    void everyServiceComesOnceAndAfterAllThatItNeeds(
            @ForAll @Size(max = 12)
                    List<@Size(max = 4) List<@IntRange(min = 0, max = 11) Integer>> needs) {
        Map<String, List<String>> after = new LinkedHashMap<>();
        for (int i = 0; i < needs.size(); i++) {
            int own = i;
            after.put(
                    "s" + i, needs.get(i).stream().filter(n -> n < own).map(n -> "s" + n).toList());
        }

        List<String> seen = new ArrayList<>();
        for (List<String> wave : Waves.of(after)) {
            assertThat(wave).allSatisfy(s -> assertThat(seen).containsAll(after.get(s)));
            seen.addAll(wave);
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(after.keySet());
    }
}
