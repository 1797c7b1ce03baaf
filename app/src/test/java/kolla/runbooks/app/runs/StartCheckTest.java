package kolla.runbooks.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.parameters.StartForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM =
            """
            {"components": [
              {"type": "text", "text": "read this"},
              {"key": "ticket", "type": "textfield", "validate": {"required": true, "pattern": "^[A-Z]+-[0-9]+$"}},
              {"type": "group", "components": [
                {"key": "host", "label": "Host", "type": "textfield", "validate": {"required": true, "minLength": 2, "maxLength": "4"}},
                {"key": "batch", "type": "number", "decimalDigits": 0, "defaultValue": 1, "validate": {"required": true, "min": 1, "max": 5}}
              ]},
              {"key": "factor", "type": "number", "validate": {"min": "0.5"}},
              {"key": "force", "type": "checkbox", "defaultValue": false},
              {"key": "mode", "type": "select", "values": [{"label": "Fast", "value": "fast"}, {"label": "Safe", "value": "safe"}]},
              {"key": "services", "type": "taglist", "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}
            ]}\
            """;

    private static Runbook runbook() throws JsonProcessingException {
        return new Runbook(
                "trial",
                "trial:1:x",
                1,
                "Trial",
                Optional.empty(),
                "low",
                "never",
                StartForm.inputs(JSON.readTree(FORM)));
    }

    private static StartRequest request(String parameters) throws JsonProcessingException {
        return new StartRequest("lab", "trial", JSON.readTree(parameters), "OPS-1", "because");
    }

    private static List<FieldError> check(String parameters) throws JsonProcessingException {
        return StartCheck.check(runbook(), request(parameters), List.of("lab"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"host":"a"}                       | parameters.host     | text, 2 to 4 characters
                    {"host":"abcde"}                   | parameters.host     | text, 2 to 4 characters
                    {"host":5}                         | parameters.host     | text, 2 to 4 characters
                    {}                                 | parameters.host     | text, 2 to 4 characters
                    {"host":"ab","batch":0}            | parameters.batch    | a whole number, 1 to 5
                    {"host":"ab","batch":1.5}          | parameters.batch    | a whole number, 1 to 5
                    {"host":"ab","batch":"2"}          | parameters.batch    | a whole number, 1 to 5
                    {"host":"ab","factor":0.4}         | parameters.factor   | a number, at least 0.5
                    {"host":"ab","force":"yes"}        | parameters.force    | true or false
                    {"host":"ab","mode":"Fast"}        | parameters.mode     | text, one of fast, safe
                    {"host":"ab","services":"a"}       | parameters.services | a list of texts, one of a, b
                    {"host":"ab","services":["a","c"]} | parameters.services | a list of texts, one of a, b
                    {"host":"ab","speed":3}            | parameters.speed    | one of the parameters host, batch, factor, force, mode, services
                    """)
    void saysWhatAParameterShouldBe(String parameters, String field, String expected)
            throws JsonProcessingException {
        assertThat(check(parameters))
                .singleElement()
                .satisfies(
                        e -> {
                            assertThat(e.field()).isEqualTo(field);
                            assertThat(e.expected()).isEqualTo(expected);
                        });
    }

    @Test
    void listsEverythingThatIsWrongAtOnce() throws JsonProcessingException {
        StartRequest request =
                new StartRequest("nowhere", "trial", JSON.readTree("{\"batch\":9}"), "x", null);
        assertThat(StartCheck.check(runbook(), request, List.of("lab")))
                .extracting(FieldError::field)
                .containsExactly(
                        "cluster", "parameters.batch", "parameters.host", "reason", "ticket");
    }

    @Test
    void makesTypedVariablesAndTakesDefaults() throws JsonProcessingException {
        StartRequest request = request("{\"host\":\"ab\",\"factor\":2,\"services\":[\"a\",\"b\"]}");
        assertThat(StartCheck.check(runbook(), request, List.of("lab"))).isEmpty();
        assertThat(StartCheck.variables(runbook(), request))
                .isEqualTo(
                        Map.of(
                                "cluster",
                                "lab",
                                "ticket",
                                "OPS-1",
                                "reason",
                                "because",
                                "host",
                                "ab",
                                "batch",
                                1,
                                "factor",
                                2.0,
                                "force",
                                false,
                                "services",
                                List.of("a", "b")));
    }

    @Test
    void theSchemaSaysTheSame() throws JsonProcessingException {
        ObjectNode schema = JsonSchema.of(runbook().parameters());
        assertThat(schema.at("/properties/host/maxLength").asInt()).isEqualTo(4);
        assertThat(schema.at("/properties/batch/type").asText()).isEqualTo("integer");
        assertThat(schema.at("/properties/batch/default").toString()).isEqualTo("1");
        assertThat(schema.at("/properties/factor/minimum").decimalValue())
                .isEqualByComparingTo("0.5");
        assertThat(schema.at("/properties/mode/enum/1").asText()).isEqualTo("safe");
        assertThat(schema.at("/properties/services/items/enum/0").asText()).isEqualTo("a");
        assertThat(schema.at("/required").toString()).isEqualTo("[\"host\"]");
        assertThat(schema.at("/properties").has("ticket")).isFalse();
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
    }
}
