package kolla.runbooks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kolla.runbooks.parameters.Wrong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {

    private static final List<String> CLUSTERS = List.of("lab");

    @Test
    void acceptsAPlainRequest() {
        assertThat(new RunRequest("deploy", "lab", "CHG-0042", "first deployment").wrongs(CLUSTERS))
                .isEmpty();
    }

    @Test
    void namesEveryFieldThatIsNotRight() {
        assertThat(new RunRequest("deploy", "moon", "", " ").wrongs(CLUSTERS))
                .extracting(Wrong::field)
                .containsExactly("cluster", "ticket", "reason");
    }

    @Test
    void saysWhichClustersThereAre() {
        assertThat(new RunRequest("deploy", "moon", "T1", "r").wrongs(CLUSTERS))
                .singleElement()
                .asString()
                .contains("moon", "[lab]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"T 1", "${x}", "-T1", "a\nb", "<b>"})
    void refusesTicketsThatCouldMeanSomethingElsewhere(String ticket) {
        assertThat(new RunRequest("deploy", "lab", ticket, "r").wrongs(CLUSTERS)).hasSize(1);
    }
}
