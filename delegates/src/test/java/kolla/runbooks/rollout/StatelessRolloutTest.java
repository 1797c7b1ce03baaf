package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kolla.runbooks.catalog.DatabaseAccount;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.inventory.Host;
import org.junit.jupiter.api.Test;

class StatelessRolloutTest {

    private final FakeCluster cluster = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final AtomicLong seconds = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private Set<String> takenOut = Set.of();
    private Set<String> served = Set.of("ctl1", "ctl2");
    private final StatelessRollout rollout =
            new StatelessRollout(
                    new KollaConvergence(
                            new HealthWait(
                                    new Patience(
                                            () -> Instant.ofEpochSecond(seconds.get()),
                                            seconds::incrementAndGet))),
                    new ToldDrainer(),
                    new ToldAccounts(),
                    (context, account) -> told.add("broker " + account.user()),
                    (context, endpoint) -> told.add("endpoint " + endpoint.type()));

    @Test
    void aNewServiceGoesToAllHostsSideBySideAfterItsAccount() {
        RolloutContext context = context("debug = false");

        List<List<Host>> batches = rollout.batches(context);
        rollout.prepare(context, batches);

        assertThat(batches).containsExactly(List.of(Samples.CTL1, Samples.CTL2));
        assertThat(told).containsExactly("account placement");
    }

    @Test
    void aServiceThatServesIsChangedOneHostAtATimeAndDrainedMeanwhile() {
        deploy("debug = false");
        told.clear();
        RolloutContext changed = context("debug = true");

        List<List<Host>> batches = rollout.batches(changed);
        rollout.converge(changed, Samples.CTL1);

        assertThat(batches).containsExactly(List.of(Samples.CTL1), List.of(Samples.CTL2));
        assertThat(told).containsExactly("drain ctl1", "undrain ctl1");
        assertThat(cluster.engine(Samples.CTL2).calls()).doesNotContain("stop placement");
    }

    @Test
    void theLastHostThatServesIsTheLastToBeDrained() {
        deploy("debug = false");
        served = Set.of("ctl1");

        assertThat(rollout.batches(context("debug = true")))
                .containsExactly(List.of(Samples.CTL2), List.of(Samples.CTL1));
    }

    @Test
    void aHostThatWasLeftOutOfTheLoadBalancerIsPutBackAndNotRestarted() {
        deploy("debug = false");
        told.clear();
        cluster.engine(Samples.CTL2).forgetCalls();
        takenOut = Set.of("ctl2");
        RolloutContext context = context("debug = false");

        List<List<Host>> batches = rollout.batches(context);
        rollout.converge(context, Samples.CTL2);

        assertThat(rollout.preview(context))
                .containsExactly(
                        "preview placement", "puts placement on ctl2 back into the load balancer");
        assertThat(batches).containsExactly(List.of(Samples.CTL2));
        assertThat(told).containsExactly("undrain ctl2");
        assertThat(cluster.engine(Samples.CTL2).calls()).isEmpty();
    }

    @Test
    void aServiceAsItShouldBeHasNoBatches() {
        deploy("debug = false");
        told.clear();

        List<List<Host>> batches = rollout.batches(context("debug = false"));
        rollout.prepare(context("debug = false"), batches);

        assertThat(batches).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void itsEndpointIsMadeAtTheEnd() {
        rollout.finish(context("debug = false"));

        assertThat(told).containsExactly("endpoint placement", "settle placement");
    }

    @Test
    void aChangedPasswordIsToldInThePlanAndTakenBesideTheOldOneBeforeTheFirstHost() {
        deploy("password = old");
        told.clear();
        RolloutContext context = context("password = new");

        rollout.prepare(context, rollout.batches(context));

        assertThat(rollout.preview(context)).containsExactly("preview placement");
        assertThat(told).containsExactly("account placement");
    }

    private void deploy(String content) {
        RolloutContext context = context(content);
        rollout.converge(context, Samples.CTL1);
        rollout.converge(context, Samples.CTL2);
    }

    private RolloutContext context(String content) {
        DesiredService plain =
                Samples.service("placement", content, 8778, Samples.CTL1, Samples.CTL2);
        DesiredService service =
                new DesiredService(
                        plain.name(),
                        plain.title(),
                        plain.kind(),
                        plain.after(),
                        plain.containers(),
                        plain.frontends(),
                        plain.bootstrap(),
                        Optional.of(
                                new DatabaseAccount(
                                        "placement", "placement", "placement_database_password")),
                        Optional.empty(),
                        Optional.of(
                                new Endpoint(
                                        "placement",
                                        "placement",
                                        "Placement",
                                        "http://192.0.2.100:8778",
                                        "http://192.0.2.100:8778",
                                        "http://192.0.2.100:8778",
                                        "placement",
                                        "placement_keystone_password")),
                        plain.ports(),
                        plain.internalPorts(),
                        plain.settings(),
                        plain.upgrade());
        return new RolloutContext(
                Samples.deployment(Map.of(), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                journal);
    }

    private final class ToldDrainer implements Drainer {
        @Override
        public Set<String> takenOut(RolloutContext context) {
            return takenOut;
        }

        @Override
        public Optional<Set<String>> served(RolloutContext context) {
            return Optional.of(served);
        }

        @Override
        public void drain(RolloutContext context, Host host) {
            told.add("drain " + host);
        }

        @Override
        public void letGo(RolloutContext context, Host host) {
            told.add("let go " + host);
        }

        @Override
        public void undrain(RolloutContext context, Host host) {
            told.add("undrain " + host);
        }
    }

    private final class ToldAccounts implements DatabaseAccounts {
        @Override
        public List<String> preview(RolloutContext context, DatabaseAccount account) {
            return List.of("preview " + account.user());
        }

        @Override
        public boolean ensure(RolloutContext context, DatabaseAccount account) {
            return told.add("account " + account.user());
        }

        @Override
        public boolean settle(RolloutContext context, DatabaseAccount account) {
            return told.add("settle " + account.user());
        }
    }
}
