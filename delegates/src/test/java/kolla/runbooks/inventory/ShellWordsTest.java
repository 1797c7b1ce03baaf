package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellWordsTest {

    static Stream<Arguments> splits() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("a b\tc", List.of("a", "b", "c")),
                Arguments.of("a='b c' d", List.of("a=b c", "d")),
                Arguments.of("a=\"b c\"", List.of("a=b c")),
                Arguments.of("a=\"b 'c'\"", List.of("a=b 'c'")),
                Arguments.of("a=\"b \\\"c\\\"\"", List.of("a=b \"c\"")),
                Arguments.of("a='b\\c'", List.of("a=b\\c")),
                Arguments.of("a\\ b", List.of("a b")),
                Arguments.of("a=''", List.of("a=")),
                Arguments.of("a # comment", List.of("a")),
                Arguments.of("a#b c", List.of("a")),
                Arguments.of("a\\#b c", List.of("a#b", "c")),
                Arguments.of("a '# no comment'", List.of("a", "# no comment")));
    }

    @ParameterizedTest
    @MethodSource
    void splits(String line, List<String> words) {
        assertThat(ShellWords.split(line, true)).isEqualTo(words);
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> ShellWords.split("a='b", true))
                .hasMessage("a quote ' is never closed");
    }
}
