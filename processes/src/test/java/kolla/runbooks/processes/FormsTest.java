package kolla.runbooks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kolla.runbooks.steps.RunRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms say the same as the checks on the server, only earlier. */
class FormsTest {

    private static final Path START = Path.of("deploy", "deploy-start.form");
    private static final Path APPROVE = Path.of("deploy", "approve-plan.form");

    private static final Path RECOVERY = Path.of("galera-recovery", "approve-recovery.form");

    static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""), 2)) {
            return files.filter(file -> file.toString().endsWith(".form")).sorted().toList();
        }
    }

    /** Tasklist 7.24 carries form-js 1.8.7, which reads schema 17 at most. */
    @ParameterizedTest
    @MethodSource("forms")
    void isNamedLikeItsFileAndReadableForTasklist(Path form) throws IOException {
        JsonNode json = read(form);

        assertThat(json.get("id").asText() + ".form").isEqualTo(form.getFileName().toString());
        assertThat(json.get("schemaVersion").asInt()).isLessThanOrEqualTo(17);
        assertThat(json.get("executionPlatform").asText()).isEqualTo("Camunda Platform");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void explainsWhateverHasToBeTypedIn(Path form) throws IOException {
        assertThat(components(form))
                .filteredOn(c -> c.get("type").asText().startsWith("text") && c.has("key"))
                .filteredOn(c -> !c.path("readonly").asBoolean())
                .isNotEmpty()
                .allSatisfy(c -> assertThat(c.path("description").asText()).isNotBlank());
    }

    @Test
    void asksForWhatEveryRunNeeds() throws IOException {
        assertThat(components(START))
                .filteredOn(c -> c.path("validate").path("required").asBoolean())
                .extracting(c -> c.get("key").asText())
                .contains("cluster", "ticket", "reason");
    }

    @Test
    void takesTheTicketsThatTheServerTakes() throws IOException {
        assertThat(component(START, "ticket").at("/validate/pattern").asText())
                .isEqualTo("^" + RunRequest.TICKET.pattern() + "$");
    }

    @Test
    void showsThePlanWithoutLettingAnybodyChangeIt() throws IOException {
        assertThat(component(APPROVE, "planDigest").get("readonly").asBoolean()).isTrue();
        assertThat(components(APPROVE))
                .filteredOn(c -> c.path("text").asText().contains("{{planText}}"))
                .singleElement()
                .satisfies(c -> assertThat(c.get("type").asText()).isEqualTo("text"));
    }

    @Test
    void decidesNothingBeforeThePersonDoes() throws IOException {
        JsonNode decision = component(APPROVE, "decision");

        assertThat(decision.at("/validate/required").asBoolean()).isTrue();
        assertThat(decision.has("defaultValue")).isFalse();
        assertThat(decision.get("values"))
                .extracting(value -> value.get("value").asText())
                .containsExactly("approve", "reject");
    }

    @Test
    void asksForAHostOnlyOfWhoApprovesAChoice() throws IOException {
        JsonNode host = component(RECOVERY, "chosenHost");

        assertThat(host.get("valuesKey").asText()).isEqualTo("candidates");
        assertThat(host.at("/validate/required").asBoolean()).isTrue();
        assertThat(host.at("/conditional/hide").asText())
                .isEqualTo("=decision != \"approve\" or count(candidates) = 0");
    }

    private static JsonNode component(Path form, String key) throws IOException {
        return components(form).stream()
                .filter(c -> key.equals(c.path("key").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> components(Path form) throws IOException {
        return StreamSupport.stream(read(form).get("components").spliterator(), false).toList();
    }

    private static JsonNode read(Path form) throws IOException {
        return new ObjectMapper().readTree(Files.readString(form));
    }
}
