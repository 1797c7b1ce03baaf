package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PythonLiteralTest {

    static Stream<Arguments> reads() {
        return Stream.of(
                Arguments.of("5", 5),
                Arguments.of("-5", -5),
                Arguments.of("5 # five", 5),
                Arguments.of("1.5", 1.5),
                Arguments.of("5000000000", 5_000_000_000L),
                Arguments.of("01", "01"),
                Arguments.of("0x10", 16),
                Arguments.of("0o17", 15),
                Arguments.of("0x10g", "0x10g"),
                Arguments.of("10.0.0.1", "10.0.0.1"),
                Arguments.of("True", true),
                Arguments.of("False", false),
                Arguments.of("true", "true"),
                Arguments.of("yes", "yes"),
                Arguments.of("Truely", "Truely"),
                Arguments.of("None", ""),
                Arguments.of("'5'", "5"),
                Arguments.of("\"a b\"", "a b"),
                Arguments.of("'a' b", "'a' b"),
                Arguments.of("'a", "'a"),
                Arguments.of("[]", List.of()),
                Arguments.of("['a', 1]", List.of("a", 1)),
                Arguments.of("['a', 1,]", List.of("a", 1)),
                Arguments.of("('a', 1)", List.of("a", 1)),
                Arguments.of("[a]", "[a]"),
                Arguments.of("['a'", "['a'"),
                Arguments.of("{}", Map.of()),
                Arguments.of("{'a': [1, 2]}", Map.of("a", List.of(1, 2))),
                Arguments.of("{'a' 1}", "{'a' 1}"),
                Arguments.of("{{ x }}", "{{ x }}"),
                Arguments.of("eth0", "eth0"),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource
    void reads(String text, Object value) {
        assertThat(PythonLiteral.parse(text)).isEqualTo(value);
    }

    @Property
    void readsEveryIntegerAsItself(@ForAll int number) {
        assertThat(PythonLiteral.parse(String.valueOf(number))).isEqualTo(number);
    }

    @Property
    void neverFailsWhateverTheText(@ForAll String text) {
        assertThat(PythonLiteral.parse(text)).isNotNull();
    }
}
