package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final Path FILE = Path.of("globals.yml");

    private static Expression at(int line, String text) {
        return new Expression(text, FILE, line);
    }

    private final Layers layers = new Layers(new Expressions());

    @Test
    void aLaterLayerWins() {
        layers.with(Map.of("a", 1)).with(Map.of("a", 2));
        assertThat(layers.find("a")).contains(2);
    }

    @Test
    void aDefaultMayReferToAGlobalAndAGlobalToADefault() {
        layers.with(Map.of("port", at(1, "{{ base + 1 }}"), "name", "db"))
                .with(Map.of("base", 10, "url", at(2, "{{ name }}:{{ port }}")));
        assertThat(layers.find("url")).contains("db:11");
    }

    @Test
    void evaluatesInsideListsAndMaps() {
        layers.with(Map.of("x", "v", "tree", Map.of("list", List.of(at(1, "{{ x }}"), "y"))));
        assertThat(layers.find("tree")).contains(Map.of("list", List.of("v", "y")));
    }

    @Test
    void anOverriddenExpressionIsNeverEvaluated() {
        layers.with(Map.of("a", at(1, "{{ nothing }}"))).with(Map.of("a", "fine"));
        assertThat(layers.find("a")).contains("fine");
    }

    @Test
    void reportsACircleWithItsMembers() {
        layers.with(Map.of("a", at(1, "{{ b }}"), "b", at(2, "{{ c }}"), "c", at(3, "{{ a }}")));
        assertThatThrownBy(() -> layers.find("a"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("it refers to itself: a → b → c → a");
    }

    @Test
    void reportsAllGapsWithFileAndLine() {
        layers.with(Map.of("a", at(3, "{{ nothing_a }}"), "b", at(7, "x{{ nothing_b }}"), "c", 1));
        List<Gap> gaps = new ArrayList<>();
        assertThat(layers.evaluateAll(gaps).values()).isEqualTo(Map.of("c", 1));
        assertThat(gaps)
                .containsExactlyInAnyOrder(
                        new Gap(FILE, 3, "a: \"nothing_a\" is not defined"),
                        new Gap(FILE, 7, "b: \"nothing_b\" is not defined"));
    }

    @Test
    void aDefaultDoesNotHideABrokenVariable() {
        layers.with(Map.of("a", at(1, "{{ nothing }}"), "b", at(2, "{{ a | default('x') }}")));
        assertThatThrownBy(() -> layers.find("b"))
                .hasMessageContaining("\"a\" cannot be evaluated: \"nothing\" is not defined");
    }
}
