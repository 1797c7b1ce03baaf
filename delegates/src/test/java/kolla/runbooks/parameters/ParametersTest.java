package kolla.runbooks.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM =
            """
            {"components": [
              {"key": "kind", "label": "Kind", "type": "radio", "defaultValue": "full",
               "values": [{"label": "Full", "value": "full"}, {"label": "Incremental", "value": "incremental"}],
               "validate": {"required": true}},
              {"key": "backup", "label": "Backup", "type": "textfield"}
            ]}\
            """;

    private final List<Parameter> declared = StartForm.inputs(json(FORM));

    @Test
    void keepsTheValuesInOneFormWhateverTheirOrder() {
        String kept = Parameters.canonical(declared, json("{\"kind\":\"full\",\"backup\":\"b\"}"));

        assertThat(kept).isEqualTo("{\"backup\":\"b\",\"kind\":\"full\"}");
        assertThat(Parameters.canonical(declared, json("{\"backup\":\"b\",\"kind\":\"full\"}")))
                .isEqualTo(kept);
    }

    @Test
    void writesDefaultsDownAndLeavesOutWhatNobodySaid() {
        assertThat(Parameters.canonical(declared, json("{\"backup\":\" \"}")))
                .isEqualTo("{\"kind\":\"full\"}");
    }

    @Test
    void namesTheFieldTheValueAndWhatWouldBeRight() {
        assertThat(Parameters.wrongs(declared, json("{\"kind\":\"whole\"}"), ""))
                .extracting(Wrong::toString)
                .containsExactly("kind: \"whole\" — text, one of full, incremental");
    }

    @Test
    void refusesWhatTheFormDoesNotKnow() {
        assertThat(Parameters.wrongs(declared, json("{\"kinds\":\"full\"}"), "parameters."))
                .extracting(Wrong::toString)
                .containsExactly("parameters.kinds: \"full\" — one of the parameters kind, backup");
        assertThat(Parameters.wrongs(List.of(), json("{\"force\":true}"), ""))
                .extracting(Wrong::toString)
                .containsExactly("force: \"true\" — nothing: this runbook has no parameters");
    }

    @Test
    void readsAValueBack() {
        assertThat(Parameters.text("{\"kind\":\"full\"}", "kind")).contains("full");
        assertThat(Parameters.text("{\"kind\":\"full\"}", "backup")).isEmpty();
        assertThatThrownBy(() -> Parameters.text("kind", "kind")).hasMessageContaining("kind");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
