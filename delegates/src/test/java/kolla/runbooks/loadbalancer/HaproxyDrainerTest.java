package kolla.runbooks.loadbalancer;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static kolla.runbooks.rollout.Samples.CTL3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HaproxyDrainerTest {

    private static final String DRAIN = "set server placement/ctl2 state drain";
    private static final String READY = "set server placement/ctl2 state ready";

    private final FakeCluster cluster = new FakeCluster();
    private final FakeHaproxy haproxy = new FakeHaproxy("placement", "ctl1", "ctl2", "ctl3");
    private final AtomicLong seconds = new AtomicLong();
    private Runnable meanwhile = () -> {};
    private final HaproxyDrainer drainer =
            new HaproxyDrainer(
                    new Patience(
                            () -> Instant.ofEpochSecond(seconds.get()),
                            () -> {
                                seconds.incrementAndGet();
                                meanwhile.run();
                            }));
    private RolloutContext context;

    @BeforeEach
    void oneBalancerOnCtl1() {
        DesiredService balancer =
                ofKind(Samples.service("haproxy", "", 1984, CTL1), "loadbalancer", List.of());
        DesiredService placement =
                ofKind(
                        Samples.service("placement", "", 8778, CTL1, CTL2, CTL3),
                        "stateless",
                        List.of(
                                new Frontend(
                                        "placement",
                                        "10.0.0.100",
                                        8778,
                                        true,
                                        Optional.empty(),
                                        Optional.empty())));
        cluster.engine(CTL1).create(balancer.on(CTL1).get(0).spec());
        cluster.engine(CTL1).start("haproxy");
        cluster.engine(CTL1).execs((container, argv, env) -> haproxy.exec(container, argv));
        context =
                new RolloutContext(
                        Samples.deployment(Map.of(), balancer, placement),
                        placement,
                        cluster.hosts(),
                        cluster.engines(),
                        FakeCluster.oneByOne(),
                        new FakeJournal());
    }

    @Test
    void drainsWhoServesAndWaitsForItsSessions() {
        haproxy.sessions("ctl2", 3);
        meanwhile = () -> haproxy.sessions("ctl2", 0);

        drainer.drain(context, CTL2);

        assertThat(haproxy.told()).containsExactly(DRAIN);
        assertThat(seconds.get()).isEqualTo(1);
        assertThat(drainer.takenOut(context)).containsExactly("ctl2");
        assertThat(drainer.served(context)).isEqualTo(Optional.of(Set.of("ctl1", "ctl3")));
    }

    @Test
    void aServerThatIsDownNeedsNoDrain() {
        haproxy.healthy("ctl2", false);

        drainer.drain(context, CTL2);

        assertThat(haproxy.told()).isEmpty();
    }

    @Test
    void theLastServerThatIsUpIsNotDrained() {
        haproxy.healthy("ctl1", false);
        haproxy.healthy("ctl3", false);

        assertThatThrownBy(() -> drainer.drain(context, CTL2))
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo("KR-LB-007"));
        assertThat(haproxy.told()).isEmpty();
    }

    @Test
    void aDrainedServerWhoseCheckStillFailsIsReadyWhenItIsUpAgain() {
        drainer.drain(context, CTL2);
        haproxy.healthy("ctl2", false);
        meanwhile = () -> haproxy.healthy("ctl2", true);

        drainer.undrain(context, CTL2);

        assertThat(haproxy.told()).containsExactly(DRAIN, READY);
        assertThat(drainer.served(context)).isEqualTo(Optional.of(Set.of("ctl1", "ctl2", "ctl3")));
    }

    @Test
    void aDrainingEndsWhenTheCheckKeepsTheServerOutByItself() {
        drainer.drain(context, CTL2);
        meanwhile = () -> haproxy.healthy("ctl2", false);

        drainer.letGo(context, CTL2);

        assertThat(haproxy.told()).containsExactly(DRAIN, READY);
        assertThat(drainer.served(context)).isEqualTo(Optional.of(Set.of("ctl1", "ctl3")));
    }

    @Test
    void aServerThatStillAnswersStaysDrained() {
        drainer.drain(context, CTL2);

        drainer.letGo(context, CTL2);

        assertThat(haproxy.told()).containsExactly(DRAIN);
        assertThat(drainer.takenOut(context)).containsExactly("ctl2");
    }

    @Test
    void aServerThatIsUpIsLeftAlone() {
        drainer.undrain(context, CTL2);

        assertThat(haproxy.told()).isEmpty();
    }

    @Test
    void saysWhichServerDoesNotComeUp() {
        haproxy.healthy("ctl2", false);

        assertThatThrownBy(() -> drainer.undrain(context, CTL2))
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo("KR-LB-005"))
                .hasMessageContaining("placement is DOWN on ctl1");
    }

    private static DesiredService ofKind(
            DesiredService plain, String kind, List<Frontend> frontends) {
        return new DesiredService(
                plain.name(),
                plain.title(),
                kind,
                plain.after(),
                plain.containers(),
                frontends,
                plain.bootstrap(),
                plain.database(),
                plain.broker(),
                plain.endpoint(),
                plain.ports(),
                plain.internalPorts(),
                plain.settings(),
                plain.upgrade());
    }
}
