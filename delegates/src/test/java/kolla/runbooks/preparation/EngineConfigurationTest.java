package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineConfigurationTest {

    @Test
    void otherKeysStayInTheirOrder() {
        String text = "{\"log-driver\": \"json-file\", \"bridge\": \"none\", \"mtu\": 9000}";

        assertThat(EngineConfiguration.with(Optional.of(text), "r:5000").replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"log-driver\":\"json-file\",\"bridge\":\"none\",\"mtu\":9000,"
                                + "\"insecure-registries\":[\"r:5000\"]}");
    }

    @Test
    void registriesOfOthersStay() {
        Optional<String> text = Optional.of("{\"insecure-registries\": [\"old:5000\"]}");
        String once = EngineConfiguration.with(text, "r:5000");

        assertThat(once).contains("old:5000", "r:5000");
        assertThat(EngineConfiguration.with(Optional.of(once), "r:5000")).isEqualTo(once);
    }

    @Test
    void anEmptyFileCanBeMergedWith() {
        assertThat(EngineConfiguration.unreadable(Optional.of(" \n"))).isEmpty();
        assertThat(EngineConfiguration.names(Optional.empty(), "r:5000")).isFalse();
    }

    @Test
    void whatIsNoObjectCannot() {
        assertThat(EngineConfiguration.unreadable(Optional.of("[1]"))).isPresent();
        assertThat(EngineConfiguration.unreadable(Optional.of("{\"a\":1,\"a\":2}"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "172.31.96.0/24, 172.31.96.2:5000, true",
        "172.31.96.0/24, 172.31.97.2:5000, false",
        "172.31.96.0/23, 172.31.97.2, true",
        "0.0.0.0/0, 10.1.2.3, true",
        "r.example:5000, r.example:5000, true",
        "r.example:5000, r.example:5001, false",
        "::1/128, 10.0.0.1, false"
    })
    void aRegistryIsReachedByItsNameOrInARange(String insecure, String registry, boolean reached) {
        assertThat(EngineConfiguration.reaches(List.of(insecure), registry)).isEqualTo(reached);
    }
}
