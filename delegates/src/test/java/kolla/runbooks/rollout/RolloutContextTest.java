package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import org.junit.jupiter.api.Test;

class RolloutContextTest {

    @Test
    void aHostThatCannotBeReadIsUnreadAndNotAbsent() {
        FakeCluster cluster = new FakeCluster();
        DesiredService service =
                Samples.service("placement", "", 8778, Samples.CTL1, Samples.CTL2, Samples.CTL3);
        RolloutContext context =
                new RolloutContext(
                        Samples.deployment(Map.of(), service),
                        service,
                        cluster.hosts(),
                        cluster.engines(),
                        FakeCluster.oneByOne(),
                        new FakeJournal());

        List<String> seen =
                context.look(
                        host -> {
                            if (host.equals(Samples.CTL1)) {
                                throw RunbookFailure.person("KR-HOST-001", "ctl1", "no route");
                            }
                            if (host.equals(Samples.CTL2)) {
                                throw new IllegalStateException("odd");
                            }
                            return host + " read";
                        },
                        (host, why) -> host + " unread: " + why);

        assertThat(seen)
                .containsExactly(
                        "ctl1 unread: KR-HOST-001: no route", "ctl2 unread: odd", "ctl3 read");
    }
}
