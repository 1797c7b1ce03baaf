package kolla.runbooks.maintenance;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static kolla.runbooks.rollout.Samples.CTL3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.memcached.MemcachedRollout;
import kolla.runbooks.rollout.HealthWait;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.KollaConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.Restarts;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestartPlanningTest {

    private final FakeCluster cluster = new FakeCluster();
    private final Patience patience = new Patience(() -> Instant.EPOCH, () -> {});
    private final HostConvergence convergence = new KollaConvergence(new HealthWait(patience));
    private final Rollouts rollouts =
            new Rollouts(List.of(new MemcachedRollout(convergence, patience)));
    private final DesiredService cache = memcached("memcached", "a", 11211);
    private final DesiredService other = memcached("other", "a", 11212);
    private final Deployment deployment = Samples.deployment(Map.of(), cache, other);

    @BeforeEach
    void everythingIsAsItIsDefined() {
        for (Host host : List.of(CTL1, CTL2, CTL3)) {
            for (DesiredService service : deployment.services()) {
                if (!service.on(host).isEmpty()) {
                    cluster.engine(host).hasImage("registry/" + service.name() + ":1");
                    convergence.apply(context(service), host);
                }
            }
        }
    }

    @Test
    void namesEveryProcessOfTheChosenServicesAndTheOrderOfTheHosts() {
        RestartPlan plan = plan("memcached", "");

        assertThat(plan.services()).containsExactly("memcached");
        assertThat(plan.restarts().get(0).hosts())
                .containsExactly(List.of("ctl1"), List.of("ctl2"), List.of("ctl3"));
        assertThat(plan.restarts().get(0).processes())
                .extracting(RestartPlan.Running::host)
                .containsExactly("ctl1", "ctl2", "ctl3");
    }

    @Test
    void leavesOtherHostsAlone() {
        RestartPlan plan = plan("all", "ctl3, ctl2");

        assertThat(plan.services()).containsExactly("memcached", "other");
        assertThat(plan.restarts().get(0).hosts())
                .containsExactly(List.of("ctl2"), List.of("ctl3"));
        assertThat(plan.restarts().get(1).hosts()).containsExactly(List.of("ctl2"));
    }

    @Test
    void isTheSamePlanUntilSomebodyRestartsOneOfThem() {
        String before = plan("memcached", "").digest();
        assertThat(plan("memcached", "").digest()).isEqualTo(before);

        cluster.engine(CTL2).stop("memcached", Duration.ZERO);
        cluster.engine(CTL2).start("memcached");

        assertThat(plan("memcached", "").digest()).isNotEqualTo(before);
    }

    @Test
    void whatIsAskedForIsReadBackFromThePlanOfTheRun() {
        RestartPlan plan = plan("memcached", "ctl2");

        Restarts asked = RestartPlan.asked(Optional.of(plan.json()));

        assertThat(
                        asked.outstanding(
                                "ctl2", cluster.engine(CTL2).inspect("memcached").orElseThrow()))
                .isTrue();
        assertThat(
                        asked.outstanding(
                                "ctl1", cluster.engine(CTL1).inspect("memcached").orElseThrow()))
                .isFalse();
        assertThat(RestartPlan.asked(Optional.of("{\"changes\":[],\"cluster\":\"lab\"}")))
                .isEqualTo(Restarts.NONE);
        assertThat(RestartPlan.asked(Optional.empty())).isEqualTo(Restarts.NONE);
    }

    @Test
    void refusesWhereARestartWouldChangeMoreThanTheProcess() {
        cluster.engine(CTL3).stop("memcached", Duration.ZERO);

        assertThatThrownBy(() -> plan("memcached", "ctl1"))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-RESTART-002 ctl3")
                .hasMessageContaining("memcached is not as it is defined");
        assertThat(plan("other", "").services()).containsExactly("other");
    }

    @Test
    void refusesServicesAndHostsThatAreNotThereAndSaysWhichAre() {
        assertThatThrownBy(() -> plan("cash,other", "ctl3,ctl9"))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-RESTART-001");
                            assertThat(String.join("\n", f.evidence()))
                                    .contains("services: \"cash\"", "memcached, other")
                                    .contains("hosts: \"ctl3\"", "hosts: \"ctl9\"")
                                    .contains("there are ctl1, ctl2");
                        });
    }

    @Test
    void theTextSaysWhatIsRestartedWhereSinceWhenAndWhatIsAccepted() {
        RestartPlan plan =
                RestartPlanning.plan(
                        context(cache),
                        rollouts,
                        RestartOrder.of(deployment, "memcached", ""),
                        Acceptance.of("KR-LB-005@ctl1"));

        assertThat(RestartText.of(plan, "it leaks"))
                .contains(
                        "RESTARTS 3 containers", "it leaks", "1. memcached: ctl1, then ctl2, then")
                .contains("container memcached, running since 1970-01-01T00:00:0")
                .contains("ACCEPTED although it is not as it should be: KR-LB-005@ctl1");
    }

    private RestartPlan plan(String services, String hosts) {
        return RestartPlanning.plan(
                context(cache),
                rollouts,
                RestartOrder.of(deployment, services, hosts),
                Acceptance.NOTHING);
    }

    private RolloutContext context(DesiredService service) {
        return new RolloutContext(
                deployment,
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                new FakeJournal());
    }

    private static DesiredService memcached(String name, String content, int port) {
        Host[] hosts =
                name.equals("memcached") ? new Host[] {CTL1, CTL2, CTL3} : new Host[] {CTL1, CTL2};
        DesiredService s = Samples.service(name, content, port, hosts);
        return new DesiredService(
                s.name(),
                s.title(),
                "memcached",
                s.after(),
                s.containers(),
                s.frontends(),
                s.bootstrap(),
                s.database(),
                s.broker(),
                s.endpoint(),
                s.ports(),
                s.internalPorts(),
                s.settings(),
                s.upgrade());
    }
}
