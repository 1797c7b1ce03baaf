package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IniMergeTest {

    private static String merge(String... texts) {
        return IniMerge.merge(
                Stream.of(texts).map(t -> new IniMerge.Source(Path.of("a.conf"), t)).toList());
    }

    static Stream<Arguments> merges() {
        return Stream.of(
                Arguments.of("[a]\nx=1\n", "", "[a]\nx = 1\n"),
                Arguments.of("[a]\nx = 1\n", "[a]\nx = 2\n", "[a]\nx = 2\n"),
                Arguments.of("[a]\nx = 1\ny = 1\n", "[a]\nx = 2\n", "[a]\nx = 2\ny = 1\n"),
                Arguments.of("[a]\nx = 1\n", "[b]\ny = 2\n", "[a]\nx = 1\n\n[b]\ny = 2\n"),
                Arguments.of("[a]\nx = 1\nx = 2\n", "", "[a]\nx = 1\nx = 2\n"),
                Arguments.of("[a]\nx = 1\nx = 2\n", "[a]\nx = 3\n", "[a]\nx = 3\n"),
                Arguments.of("[a]\nx = 1\n", "[a]\nx = 2\nx = 3\n", "[a]\nx = 2\nx = 3\n"),
                Arguments.of("[a]\nx = 1\n", "[a]\nx =\n", "[a]\nx =\n"),
                Arguments.of("# c\n[a]\n; c\nx: 1\n", "", "[a]\nx = 1\n"),
                Arguments.of("x = 1\n[a]\n", "y = 2\n", "x = 1\ny = 2\n\n[a]\n"),
                Arguments.of("[a]\nx = 1\n  2\n  3\n", "", "[a]\nx = 1\n    2\n    3\n"),
                Arguments.of("[a]\nskip-name-resolve\n", "", "[a]\nskip-name-resolve\n"),
                Arguments.of("[a]\nx = a=b:c # no comment\n", "", "[a]\nx = a=b:c # no comment\n"),
                Arguments.of("[a]\nx = 1\n[b]\n[a]\ny = 2\n", "", "[a]\nx = 1\ny = 2\n\n[b]\n"));
    }

    @ParameterizedTest
    @MethodSource
    void merges(String weak, String strong, String expected) {
        assertThat(merge(weak, strong)).isEqualTo(expected);
    }

    @Test
    void reportsEveryLineThatIsNoIniWithWhatWouldBeRight() {
        assertThatThrownBy(() -> merge("  x\n[a\n= 1\n"))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        e ->
                                assertThat(e.gaps())
                                        .extracting(Gap::line, Gap::what)
                                        .satisfiesExactly(
                                                g ->
                                                        assertThat(g.toString())
                                                                .contains(
                                                                        "1", "\"x\"", "none above"),
                                                g ->
                                                        assertThat(g.toString())
                                                                .contains("2", "\"[a\"", "[name]"),
                                                g ->
                                                        assertThat(g.toString())
                                                                .contains(
                                                                        "3",
                                                                        "\"= 1\"",
                                                                        "key = value")));
    }

    @Property
    void mergingAgainChangesNothing(@ForAll("files") String weak, @ForAll("files") String strong) {
        String once = merge(weak, strong);
        assertThat(merge(once)).isEqualTo(once);
        assertThat(merge(once, strong)).isEqualTo(once);
    }

    @Property
    void everythingOfTheStrongerFileHolds(
            @ForAll("files") String weak, @ForAll("files") String strong) {
        List<String> lines = merge(weak, strong).lines().toList();
        assertThat(lines).containsAll(merge(strong).lines().toList());
    }

    @Property
    void mergingIsAssociative(
            @ForAll("files") String a, @ForAll("files") String b, @ForAll("files") String c) {
        assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, b, c));
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> section = Arbitraries.of("[a]", "[b]", "[c d]");
        Arbitrary<String> setting =
                Arbitraries.of("x", "y", "z")
                        .flatMap(
                                k ->
                                        Arbitraries.of(
                                                k + " = 1",
                                                k + "=2",
                                                k + ": a b",
                                                k + " =",
                                                k + " = 1\n  2"));
        return Arbitraries.oneOf(section, setting, Arbitraries.of("", "# comment"))
                .list()
                .ofMaxSize(12)
                .map(lines -> String.join("\n", lines) + "\n");
    }
}
