package kolla.runbooks.rabbitmq;

import static kolla.runbooks.rollout.Samples.CTL1;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.Test;

class RabbitPasswordsTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void refusesACookieThatIsNotTheBrokers() {
        assertThatThrownBy(
                        () ->
                                RabbitPasswords.refuseAnotherCookie(
                                        context("another"), List.of(broker("a cookie"))))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-RABBIT-006 ctl1")
                .hasMessageContaining("rabbitmq_cluster_cookie")
                .hasMessageNotContaining("another ");
    }

    @Test
    void letsTheBrokersOwnCookiePassAndABrokerWithoutOne() {
        RabbitNode fresh =
                new RabbitNode.Read(
                        "ctl2", false, Optional.empty(), false, true, false, Optional.empty());

        assertThatCode(
                        () ->
                                RabbitPasswords.refuseAnotherCookie(
                                        context("a cookie"), List.of(broker("a cookie"), fresh)))
                .doesNotThrowAnyException();
    }

    private static RabbitNode broker(String cookie) {
        return new RabbitNode.Read(
                "ctl1",
                true,
                Optional.of(RabbitPasswords.digest(cookie)),
                true,
                false,
                false,
                Optional.empty());
    }

    private RolloutContext context(String cookie) {
        DesiredService service = Samples.service("rabbitmq", "", 5672, CTL1);
        return new RolloutContext(
                Samples.deployment(Map.of("rabbitmq_cluster_cookie", cookie), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                new FakeJournal());
    }
}
