package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTurnsTest {

    private static final List<String> HOSTS = List.of("ctl1", "ctl2", "ctl3");

    @Test
    void theFirstIsOneThatNoServiceWantsLast() {
        List<String> balancer = List.of("ctl1", "ctl3", "ctl2");
        List<String> database = List.of("ctl2", "ctl3", "ctl1");

        assertThat(HostTurns.decide(HOSTS, List.of(balancer, database), Optional.empty()))
                .containsExactly("ctl3", "ctl1", "ctl2");
    }

    @Test
    void aServiceWithoutAWishDoesNotOutvoteOneThatHasOne() {
        assertThat(
                        HostTurns.decide(
                                HOSTS,
                                List.of(
                                        List.of("ctl2", "ctl3", "ctl1"),
                                        List.of("ctl1"),
                                        List.of("ctl2"),
                                        List.of("ctl3")),
                                Optional.empty()))
                .containsExactly("ctl2", "ctl3", "ctl1");
    }

    @Test
    void aHostWithNothingToDoHasNoTurn() {
        assertThat(HostTurns.decide(HOSTS, List.of(List.of("ctl3")), Optional.empty()))
                .containsExactly("ctl3");
        assertThat(HostTurns.decide(HOSTS, List.of(), Optional.of("ctl1"))).isEmpty();
    }

    @Test
    void aHostThatComesTwiceInAServicesOrderHasOneTurn() {
        assertThat(
                        HostTurns.decide(
                                HOSTS,
                                List.of(List.of("ctl1", "ctl2", "ctl3", "ctl1")),
                                Optional.empty()))
                .containsExactly("ctl2", "ctl3", "ctl1");
    }

    @Test
    void theCanaryGoesFirstWhateverTheServicesWant() {
        assertThat(
                        HostTurns.decide(
                                HOSTS,
                                List.of(List.of("ctl1", "ctl2", "ctl3")),
                                Optional.of("ctl3")))
                .containsExactly("ctl3", "ctl1", "ctl2");
    }
}
