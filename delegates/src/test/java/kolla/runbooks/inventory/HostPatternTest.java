package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostPatternTest {

    static Stream<Arguments> expands() {
        return Stream.of(
                Arguments.of("ctl1", List.of("ctl1")),
                Arguments.of("ctl[1:3]", List.of("ctl1", "ctl2", "ctl3")),
                Arguments.of("ctl[01:03]", List.of("ctl01", "ctl02", "ctl03")),
                Arguments.of("ctl[008:011]", List.of("ctl008", "ctl009", "ctl010", "ctl011")),
                Arguments.of("ctl[9:11]", List.of("ctl9", "ctl10", "ctl11")),
                Arguments.of("ctl[:2]", List.of("ctl0", "ctl1", "ctl2")),
                Arguments.of("ctl[1:7:3]", List.of("ctl1", "ctl4", "ctl7")),
                Arguments.of("db-[a:c]", List.of("db-a", "db-b", "db-c")),
                Arguments.of("db-[a:e:2]", List.of("db-a", "db-c", "db-e")),
                Arguments.of("[a:b].example.org", List.of("a.example.org", "b.example.org")),
                Arguments.of("r[1:2]n[a:b]", List.of("r1na", "r1nb", "r2na", "r2nb")));
    }

    @ParameterizedTest
    @MethodSource
    void expands(String pattern, List<String> names) {
        assertThat(HostPattern.expand(pattern)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "ctl[1:3, never closed",
        "ctl1], closes nothing",
        "ctl[1], [first:last]",
        "ctl[1:], [first:last]",
        "ctl[1:2:3:4], [first:last]",
        "ctl[3:1], beyond the last",
        "ctl[c:a], beyond the last",
        "ctl[01:100], same length",
        "ctl[1:a], no number",
        "ctl[aa:bb], no number",
        "ctl[1:9:0], step must be 1",
        "ctl[1:99999999], more than 10000 hosts",
    })
    void refusesMalformedRangesAndSaysWhatWouldBeRight(String pattern, String why) {
        assertThatThrownBy(() -> HostPattern.expand(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\"")
                .hasMessageContaining(why);
    }

    @Property
    void aRangeHasBothItsEndsAndEveryNumberBetween(
            @ForAll @IntRange(max = 500) int first, @ForAll @IntRange(max = 200) int more) {
        List<String> names = HostPattern.expand("h[" + first + ":" + (first + more) + "]");
        assertThat(names).hasSize(more + 1).doesNotHaveDuplicates();
        assertThat(names.get(0)).isEqualTo("h" + first);
        assertThat(names.get(more)).isEqualTo("h" + (first + more));
    }

    @Property
    void paddedNamesAreAllOfTheSameLength(
            @ForAll @IntRange(max = 500) int first, @ForAll @IntRange(max = 400) int more) {
        String range = "h[%04d:%04d]".formatted(first, first + more);
        assertThat(HostPattern.expand(range)).allMatch(n -> n.length() == 5).isSorted();
    }
}
