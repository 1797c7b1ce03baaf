package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with Ansible itself: {@code as-ansible.jsonl} holds, line by line, an expression and
 * what the templar of ansible-core 2.14 made of it with the variables below. Ansible makes texts of
 * numbers; here they stay numbers.
 */
class AnsibleExpressionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Expressions expressions = new Expressions();

    private final Layers scope =
            new Layers(expressions)
                    .with(
                            Map.of(
                                    "vip", "10.0.0.1",
                                    "port", 3306,
                                    "t", true,
                                    "word", "yes",
                                    "no", "no",
                                    "blank", "",
                                    "lst", List.of("a", "b", "c")))
                    .with("d", read("{\"k\": \"v\", \"m\": 2}"))
                    .with(
                            "objs",
                            read(
                                    "[{\"n\": \"x\", \"v\": 1, \"on\": true},"
                                            + " {\"n\": \"y\", \"v\": 2, \"on\": false}]"))
                    .with(
                            Map.of(
                                    "inventory_hostname",
                                    "h2",
                                    "groups",
                                    Map.of("control", List.of("h1", "h2"), "compute", List.of()),
                                    "hostvars",
                                    Map.of(
                                            "h1",
                                            Map.of("nic", "eth1"),
                                            "h2",
                                            Map.of("nic", "eth2"))));

    private static Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Object asAnsible(Object value) {
        return value instanceof Number ? value.toString() : value;
    }

    static List<Arguments> givesWhatAnsibleGives() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        AnsibleExpressionsTest.class.getResourceAsStream(
                                                "as-ansible.jsonl")),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = JSON.readTree(line);
                cases.add(
                        Arguments.of(
                                one.get("text").asText(),
                                JSON.treeToValue(one.get("value"), Object.class)));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource
    void givesWhatAnsibleGives(String text, Object expected) {
        Object value = expressions.evaluate(text, scope);
        assertThat(asAnsible(value)).isEqualTo(asAnsible(expected));
    }
}
