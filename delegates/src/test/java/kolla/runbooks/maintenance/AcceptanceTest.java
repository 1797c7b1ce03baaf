package kolla.runbooks.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import kolla.runbooks.rollout.Finding;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private static final Finding ON_CTL2 = Finding.bad("KR-VERIFY-002", "ctl2", "does not run");
    private static final Finding OF_ALL = Finding.bad("KR-LB-002", "two holders");

    @Test
    void coversACodeOnTheHostThatWasNamed() {
        Acceptance accepted = Acceptance.of("KR-VERIFY-002@ctl2 , KR-LB-002");

        assertThat(accepted.covers(ON_CTL2)).isTrue();
        assertThat(accepted.covers(OF_ALL)).isTrue();
    }

    @Test
    void coversNoOtherHostAndNoOtherCode() {
        assertThat(Acceptance.of("KR-VERIFY-002@ctl1").covers(ON_CTL2)).isFalse();
        assertThat(Acceptance.of("KR-VERIFY-002").covers(ON_CTL2)).isFalse();
        assertThat(Acceptance.of("KR-LB-002@ctl2").covers(OF_ALL)).isFalse();
        assertThat(Acceptance.of("").covers(OF_ALL)).isFalse();
    }

    @Test
    void aFindingIsAcceptedByTheNameThatItIsToldWith() {
        assertThat(Acceptance.of(Acceptance.name(ON_CTL2)).covers(ON_CTL2)).isTrue();
        assertThat(Acceptance.of(Acceptance.name(OF_ALL)).covers(OF_ALL)).isTrue();
    }
}
