package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionsTest {

    private final Expressions expressions = new Expressions();
    private final Layers scope =
            new Layers(expressions)
                    .with(
                            Map.of(
                                    "vip",
                                    "10.0.0.10",
                                    "port",
                                    3306,
                                    "on",
                                    true,
                                    "word",
                                    "yes",
                                    "blank",
                                    "",
                                    "groups",
                                    Map.of("control", List.of("ctl1", "ctl2")),
                                    "hostvars",
                                    Map.of("ctl1", Map.of("nic", "eth1")),
                                    "inventory_hostname",
                                    "ctl1"));

    static Stream<Arguments> evaluates() {
        return Stream.of(
                Arguments.of("plain", "plain"),
                Arguments.of("{{ vip }}", "10.0.0.10"),
                Arguments.of("{{ port }}", 3306),
                Arguments.of("{{ on }}", true),
                Arguments.of("{{ word }}", "yes"),
                Arguments.of("{{ word | bool }}", true),
                Arguments.of("{{ 'no' | bool }}", false),
                Arguments.of("{{ not on }}", false),
                Arguments.of("{{ vip }}:{{ port }}", "10.0.0.10:3306"),
                Arguments.of("{{ vip ~ ':' ~ port }}", "10.0.0.10:3306"),
                Arguments.of("{{ port + 1 }}", 3307),
                Arguments.of("{{ 'a' if word | bool else 'b' }}", "a"),
                Arguments.of("{{ 'a' if vip == 'x' else 'b' }}", "b"),
                Arguments.of("{{ unknown | default('x') }}", "x"),
                Arguments.of("{{ unknown | default(vip) }}", "10.0.0.10"),
                Arguments.of("{{ unknown | default(unknown_too) | default('x') }}", "x"),
                Arguments.of("{{ unknown | default(5) }}", 5),
                Arguments.of("{{ unknown.deeper.still | default('x') }}", "x"),
                Arguments.of("{{ blank | default('x') }}", ""),
                Arguments.of("{{ blank | default('x', true) }}", "x"),
                Arguments.of("{{ unknown is defined }}", false),
                Arguments.of("{{ unknown is not defined }}", true),
                Arguments.of("{{ vip is defined and port is defined }}", true),
                Arguments.of("{{ '42' | int }}", 42),
                Arguments.of("{{ 'x' | int(7) }}", 7),
                Arguments.of("{{ groups['control'] }}", List.of("ctl1", "ctl2")),
                Arguments.of("{{ groups['control'] | length }}", 2),
                Arguments.of("{{ groups['control'] | first }}", "ctl1"),
                Arguments.of("{{ groups['control'][0] }}", "ctl1"),
                Arguments.of("{{ groups.control | join(',') }}", "ctl1,ctl2"),
                Arguments.of("{{ 'ctl1' in groups['control'] }}", true),
                Arguments.of("{{ 'ctl9' not in groups['control'] }}", true),
                Arguments.of("{{ hostvars[inventory_hostname].nic }}", "eth1"),
                Arguments.of("{{ hostvars[inventory_hostname]['nic'] }}", "eth1"),
                Arguments.of("{{ on | ternary('a', 'b') }}", "a"),
                Arguments.of("{{ [1, 2, 3] | max }}", 3),
                Arguments.of("{{ [port | int, 5] | min }}", 5),
                Arguments.of("{{ vip | upper | replace('.', '-') }}", "10-0-0-10"),
                Arguments.of("{{ 'v1.2' | regex_replace('v(.*)', 'x\\1') }}", "x1.2"),
                Arguments.of("{{ 'fe80::1' | put_address_in_context('url') }}", "[fe80::1]"),
                Arguments.of("{{ vip | put_address_in_context('url') }}", "10.0.0.10"),
                Arguments.of("{{ {'a': 1} | combine({'b': 2}) }}", Map.of("a", 1, "b", 2)),
                Arguments.of("{% if on %}a{% else %}b{% endif %}", "a"),
                Arguments.of("{% for h in groups['control'] %}{{ h }};{% endfor %}", "ctl1;ctl2;"),
                Arguments.of("{# nothing #}x", "x"),
                Arguments.of("{{ None }}", ""),
                Arguments.of("{{ none is none }}", true),
                Arguments.of("{{ True and not False }}", true));
    }

    @ParameterizedTest
    @MethodSource
    void evaluates(String text, Object expected) {
        assertThat(expressions.evaluate(text, scope)).isEqualTo(expected);
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                Arguments.of("{{ unknown }}", "\"unknown\" is not defined"),
                Arguments.of("a{{ unknown }}b", "\"unknown\" is not defined"),
                Arguments.of("{{ vop }}", "did you mean \"vip\"?"),
                Arguments.of("{{ unknown | int }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown | bool }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown ~ 'x' }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown == 'x' }}", "\"unknown\" is not defined"),
                Arguments.of("{{ 'x' == unknown }}", "\"unknown\" is not defined"),
                Arguments.of("{{ 'x' in unknown }}", "\"unknown\" is not defined"),
                Arguments.of("{{ 'a' if unknown else 'b' }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown or on }}", "\"unknown\" is not defined"),
                Arguments.of("{{ [unknown] }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown + 1 }}", "\"unknown\" is not defined"),
                Arguments.of("{{ unknown.attribute }}", "is not defined"),
                Arguments.of("{{ unknown is match('x') }}", "\"unknown\" is not defined"),
                Arguments.of("{% if unknown %}a{% endif %}", "\"unknown\" is not defined"),
                Arguments.of("{% for x in unknown %}a{% endfor %}", "\"unknown\" is not defined"),
                Arguments.of("{{ groups['nova'] }}", "\"nova\""),
                Arguments.of("{{ groups.nova }}", "the keys there are [control]"),
                Arguments.of("{{ groups.control[7] }}", "\"7\" (of a list of 2)"),
                Arguments.of(
                        "{{ vip.attribute }}", "\"attribute\" (of a single value) is not defined"),
                Arguments.of("{{ vip | sha512sum }}", "the filter \"sha512sum\" is not known"),
                Arguments.of("{{ vip is reachable }}", "the test \"is reachable\" is not known"),
                Arguments.of("{{ lookup('env', 'HOME') }}", "the function \"lookup\" is not known"),
                Arguments.of("{{ query('env', 'HOME') }}", "the function \"query\" is not known"),
                Arguments.of("{{ [1, 2] | random }}", "the filter \"random\" is not known"),
                Arguments.of("{{ vip.encode() }}", "the method \"encode\" of a text"),
                Arguments.of("{{ port.bitCount() }}", "the method \"bitCount\" is not known"),
                Arguments.of("{{ 'a' * 3 }}", "\"a\" cannot be taken as Long"),
                Arguments.of(
                        "{% for x in groups.control if x %}{{ x }}{% endfor %}",
                        "a condition of the loop itself is not known here"),
                Arguments.of(
                        "{% for x in [] %}{{ x }}{% else %}none{% endfor %}",
                        "an {% else %} of the loop is not known here"),
                Arguments.of("{{ unixtimestamp() }}", "unixtimestamp"),
                Arguments.of("{{ vip | bool }}", "\"10.0.0.10\" is neither yes nor no"),
                Arguments.of("{{ vip | int }}", "\"10.0.0.10\" is no whole number"),
                Arguments.of("{{ vip", "never closed"),
                Arguments.of("{{ vip | }}", "vip"),
                Arguments.of("{% if vip %}", "if"),
                Arguments.of("{% nonsense %}", "nonsense"));
    }

    @ParameterizedTest
    @MethodSource
    void refuses(String text, String message) {
        assertThatThrownBy(() -> expressions.evaluate(text, scope))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void reportsEveryFaultOfATemplateWithItsLine() {
        assertThatThrownBy(
                        () ->
                                expressions.render(
                                        "{{ vip }}\n{{ nothing_a }}\n\n{{ nothing_b }}\n", scope))
                .isInstanceOfSatisfying(
                        ExpressionException.class,
                        e ->
                                assertThat(e.gaps(Path.of("f"), 10, "field"))
                                        .containsExactly(
                                                new Gap(
                                                        Path.of("f"),
                                                        11,
                                                        "field: \"nothing_a\" is not defined"),
                                                new Gap(
                                                        Path.of("f"),
                                                        13,
                                                        "field: \"nothing_b\" is not defined")));
    }

    @Test
    void resultsAreNotEvaluatedAgain() {
        scope.with("secret", "{{ vip }}");
        assertThat(expressions.evaluate("{{ secret }}", scope)).isEqualTo("{{ vip }}");
        assertThat(expressions.render("x{{ secret }}", scope)).isEqualTo("x{{ vip }}");
    }

    @Test
    void dropsTheLineEndAfterABlockAndKeepsTheLastOne() {
        assertThat(expressions.render("{% if on %}\na\n{% endif %}\nb\n", scope))
                .isEqualTo("a\nb\n");
    }

    @Test
    void takesMoreFilters() {
        Expressions more =
                new Expressions(Map.of("twice", (v, a, n) -> v.toString() + v.toString()));
        assertThat(more.evaluate("{{ vip | twice }}", scope)).isEqualTo("10.0.0.1010.0.0.10");
    }

    @Test
    void answersBareConditions() {
        assertThat(expressions.holds("word | bool and vip != ''", scope)).isTrue();
        assertThat(expressions.holds("'ctl9' in groups['control']", scope)).isFalse();
        assertThatThrownBy(() -> expressions.holds("vip", scope))
                .hasMessageContaining("neither yes nor no");
    }
}
