package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.inventory.Host;
import org.junit.jupiter.api.Test;

class PutBackTest {

    private final List<String> told = new ArrayList<>();
    private final Set<String> out = new TreeSet<>(List.of("ctl2"));
    private final FakeCluster cluster = new FakeCluster();
    private final ServiceRollout rollout = new PutBack(new Told(), new Out());

    @Test
    void aHostThatSomebodyTookOutGetsATurnAndIsPutBack() {
        assertThat(rollout.preview(context()))
                .containsExactly("as told", "puts db on ctl2 back into the load balancer");
        assertThat(rollout.batches(context()))
                .containsExactly(List.of(Samples.CTL1), List.of(Samples.CTL2));

        rollout.converge(context(), Samples.CTL2);

        assertThat(told).containsExactly("converge ctl2", "undrain ctl2");
    }

    @Test
    void otherHostsAreLeftToTheRollout() {
        rollout.converge(context(), Samples.CTL1);

        assertThat(told).containsExactly("converge ctl1");
    }

    @Test
    void aHostThatHasItsTurnAnywayGetsOne() {
        out.clear();
        out.add("ctl1");

        assertThat(rollout.batches(context())).containsExactly(List.of(Samples.CTL1));
    }

    private RolloutContext context() {
        var service = Samples.service("db", "", 1, Samples.CTL1, Samples.CTL2);
        return new RolloutContext(
                Samples.deployment(Map.of(), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                new FakeJournal());
    }

    private final class Told implements ServiceRollout {
        @Override
        public String kind() {
            return "told";
        }

        @Override
        public List<String> preview(RolloutContext context) {
            return List.of("as told");
        }

        @Override
        public List<List<Host>> batches(RolloutContext context) {
            return List.of(List.of(Samples.CTL1));
        }

        @Override
        public void prepare(RolloutContext context, List<List<Host>> batches) {}

        @Override
        public void converge(RolloutContext context, Host host) {
            told.add("converge " + host.name());
        }

        @Override
        public void takeOut(RolloutContext context, Host host) {}

        @Override
        public void finish(RolloutContext context) {}

        @Override
        public List<Finding> verify(RolloutContext context) {
            return List.of();
        }
    }

    private final class Out implements Drainer {
        @Override
        public void drain(RolloutContext context, Host host) {}

        @Override
        public Optional<Set<String>> served(RolloutContext context) {
            return Optional.empty();
        }

        @Override
        public Set<String> takenOut(RolloutContext context) {
            return out;
        }

        @Override
        public void letGo(RolloutContext context, Host host) {}

        @Override
        public void undrain(RolloutContext context, Host host) {
            told.add("undrain " + host.name());
        }
    }
}
