package kolla.runbooks.maintenance;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.rollout.Majority;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaintenanceDecisionsTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void theLoadBalancerGoesFirstAndTheOthersInReverseOfTheirDependencies() {
        List<DesiredService> services =
                List.of(
                        service("balancer", "loadbalancer"),
                        service("cache", "memcached"),
                        service("database", "galera"),
                        service("api", "stateless"));

        assertThat(MaintenanceDecisions.leaving(services))
                .extracting(DesiredService::name)
                .containsExactly("balancer", "api", "database", "cache");
    }

    @Test
    void saysTheNumbersWhereTooFewWouldBeLeft() {
        Standing fine = standing("keystone", List.of("ctl2"), List.of("ctl3"), 1);
        Standing short1 = standing("mariadb", List.of("ctl2"), List.of("ctl3"), 2);

        assertThat(MaintenanceDecisions.tooFew(List.of(fine, short1), "ctl1"))
                .containsExactly(
                        "mariadb without ctl1: 1 of 3 left (ctl3 is away already), needed: 2");
    }

    @Test
    void theLastServerIsNotTakenOut() {
        assertThat(
                        MaintenanceDecisions.tooFew(
                                List.of(standing("keystone", List.of(), List.of(), 1)), "ctl1"))
                .hasSize(1);
    }

    @Property
    void aMajorityIsLeftWheneverOneIsNeeded(
            @ForAll @IntRange(min = 1, max = 9) int hosts,
            @ForAll @IntRange(min = 0, max = 8) int serving) {
        List<String> left = java.util.Collections.nCopies(Math.min(serving, hosts - 1), "h");
        Standing s =
                new Standing(
                        "q", hosts, left, List.of(), Majority.of(hosts), "stops", List.of("q"));

        boolean allowed = MaintenanceDecisions.tooFew(List.of(s), "x").isEmpty();

        assertThat(allowed).isEqualTo(left.size() * 2 > hosts);
    }

    @Test
    void tellsThePersonAtTheHostWhatIsAtStake() {
        MaintenancePlan plan =
                new MaintenancePlan(
                        "lab",
                        "ctl1",
                        List.of(
                                standing("keystone", List.of("ctl2", "ctl3"), List.of(), 1),
                                standing("mariadb", List.of("ctl2", "ctl3"), List.of(), 2)),
                        List.of("KR-LB-005@ctl2"),
                        List.of());

        assertThat(MaintenanceText.out(plan))
                .contains("ctl1 is out", "the loss of one more host stops mariadb")
                .doesNotContain("stops keystone");
        assertThat(MaintenanceText.plan(plan, "new fan"))
                .contains("TAKES ctl1 OUT because: new fan", "2 of 3 left, needed: 2")
                .contains("KR-LB-005@ctl2");
    }

    @Test
    void theRestOfTheClusterIsTheSameWithoutTheHost() {
        DesiredService api = Samples.service("api", "a", 1, CTL1, CTL2);
        Deployment deployment = Samples.deployment(Map.of(), api);

        RolloutContext rest =
                new RolloutContext(
                                deployment,
                                api,
                                cluster.hosts(),
                                cluster.engines(),
                                FakeCluster.oneByOne(),
                                new FakeJournal())
                        .without(CTL1);

        assertThat(rest.service().hosts()).containsExactly(CTL2);
        assertThat(rest.service().on(CTL2)).isEqualTo(api.on(CTL2));
        assertThat(rest.out()).containsExactly("ctl1");
        // who may reach a fenced port is still every host of the cluster
        assertThat(rest.deployment()).isEqualTo(deployment);
    }

    @Test
    void refusesAHostThatServesNothingAndSaysWhichDo() {
        Deployment deployment =
                Samples.deployment(Map.of(), Samples.service("api", "a", 1, CTL1, CTL2));

        assertThat(HostMaintenance.host(deployment, "ctl2")).isEqualTo(CTL2);
        assertThatThrownBy(() -> HostMaintenance.host(deployment, "ctl3"))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-MAINTENANCE-001")
                .hasMessageContaining("ctl1, ctl2");
    }

    private static Standing standing(
            String service, List<String> serving, List<String> away, int needed) {
        return new Standing(service, 3, serving, away, needed, "stops", List.of(service));
    }

    private static DesiredService service(String name, String kind) {
        DesiredService s = Samples.service(name, "a", 1, CTL1);
        return new DesiredService(
                s.name(),
                s.title(),
                kind,
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
