package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenFieldsTest {

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"orQueries":[]}                                    | orQueries
                    {"query":{"a":[{"ORQUERIES":[{}]}]}}                | ORQUERIES
                    {"assigneeExpression":"${x}"}                       | assigneeExpression
                    {"a":1,"b":{"dueBeforeExpression":null}}            | dueBeforeExpression
                    {"startInstructions":[]}                            | startInstructions
                    {"instructions":[{"type":"startBeforeActivity"}]}   | instructions
                    {"skipCustomListeners":true}                        | skipCustomListeners
                    {"skipCustomListeners":"true"}                      | skipCustomListeners
                    {"ok":1} {"orQueries":1}                            | orQueries
                    """)
    void findsAForbiddenFieldAtAnyDepth(String json, String field) {
        assertThat(ForbiddenFields.first(utf8(json))).contains(field);
    }

    @Test
    void findsAFieldWrittenWithEscapes() {
        assertThat(ForbiddenFields.first(utf8("{\"\\u006frQueries\":[]}"))).contains("orQueries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
    void findsAFieldInOtherEncodings(String encoding) {
        byte[] body = "{\"orQueries\":[]}".getBytes(Charset.forName(encoding));
        assertThat(ForbiddenFields.first(body)).contains("orQueries");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"text\":\"orQueries\"}",
                "{\"skipCustomListeners\":false}",
                "{\"expressionOf\":\"x\"}",
                "not JSON"
            })
    void leavesTheRestAlone(String json) {
        assertThat(ForbiddenFields.first(utf8(json))).isEmpty();
    }
}
