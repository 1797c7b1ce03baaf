package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerState;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final ContainerDelta SAME =
            new ContainerDelta(ContainerDelta.Kind.NONE, List.of());
    private static final ContainerState RUNS = Samples.running(Samples.spec("keystone"));

    private static Restarts of(Instant started) {
        return new Restarts(Map.of("ctl1", Map.of("keystone", started)));
    }

    private static ContainerDelta decide(Restarts asked, String host, ContainerDelta delta) {
        return asked.with(host, Optional.of(RUNS), delta);
    }

    @Test
    void restartsTheProcessThatWasNamed() {
        ContainerDelta delta = decide(of(Instant.EPOCH), "ctl1", SAME);

        assertThat(delta.kind()).isEqualTo(ContainerDelta.Kind.RESTART);
        assertThat(delta.reasons()).containsExactly(RestartReason.ASKED);
    }

    @Test
    void leavesAProcessThatWasStartedAtAnotherMomentEvenAnEarlierOne() {
        assertThat(decide(of(Instant.EPOCH.plusNanos(1)), "ctl1", SAME)).isEqualTo(SAME);
        assertThat(decide(of(Instant.EPOCH.minusNanos(1)), "ctl1", SAME)).isEqualTo(SAME);
    }

    @Test
    void leavesOtherHostsAndOtherContainers() {
        assertThat(decide(of(Instant.EPOCH), "ctl2", SAME)).isEqualTo(SAME);
        assertThat(decide(Restarts.NONE, "ctl1", SAME)).isEqualTo(SAME);
    }

    @Test
    void aContainerThatDoesNotRunIsOnlyStarted() {
        ContainerDelta start =
                new ContainerDelta(ContainerDelta.Kind.START, List.of(RestartReason.NOT_RUNNING));
        ContainerState ended = Samples.ended(Samples.spec("keystone"));

        assertThat(of(Instant.EPOCH).with("ctl1", Optional.of(ended), start)).isEqualTo(start);
        assertThat(of(Instant.EPOCH).with("ctl1", Optional.empty(), start)).isEqualTo(start);
    }

    @Test
    void aReloadBecomesARestartAndARecreationStaysOne() {
        ContainerDelta reload =
                new ContainerDelta(
                        ContainerDelta.Kind.RELOAD, List.of(RestartReason.CONFIGURATION));
        ContainerDelta recreate =
                new ContainerDelta(ContainerDelta.Kind.RECREATE, List.of(RestartReason.IMAGE));

        assertThat(decide(of(Instant.EPOCH), "ctl1", reload).kind())
                .isEqualTo(ContainerDelta.Kind.RESTART);
        assertThat(decide(of(Instant.EPOCH), "ctl1", recreate).kind())
                .isEqualTo(ContainerDelta.Kind.RECREATE);
    }
}
