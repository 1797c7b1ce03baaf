package kolla.runbooks.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.Test;

class PreflightTest {

    private static final Deployment DEPLOYMENT =
            Samples.deployment(
                    Map.of(),
                    Samples.service("keystone", "", 5000, Samples.CTL1),
                    Samples.service("memcached", "", 11211, Samples.CTL1));
    private static final Requirements REQUIRED = Requirements.of(Variables.NONE);

    @Test
    void findsNothingOnAFitHost() {
        assertThat(decide(new Facts())).isEmpty();
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Facts facts = new Facts();
        facts.engine = Optional.empty();
        facts.free = 1000;
        facts.offset = Duration.ofSeconds(-90);
        facts.names = Map.of("ctl2", Optional.empty());
        facts.listening = Map.of(5000, Set.of("*"));

        assertThat(decide(facts))
                .extracting(Problem::check)
                .containsExactly("engine", "disk", "disk", "time", "name resolution", "port");
    }

    @Test
    void anOldEngineIsNamedWithItsVersion() {
        Facts facts = new Facts();
        facts.engine = Optional.of("19.03.8");

        assertThat(decide(facts)).singleElement().asString().contains("19.03.8", "20 or newer");
    }

    @Test
    void aPortOfARunningServiceIsItsOwn() {
        Facts facts = new Facts();
        facts.listening = Map.of(5000, Set.of("192.0.2.1"));
        facts.running = Set.of("keystone");

        assertThat(decide(facts)).isEmpty();
    }

    @Test
    void aFrontendOnTheVipTakesNobodysPort() {
        Facts facts = new Facts();
        facts.listening = Map.of(5000, Set.of("192.0.2.100"));

        assertThat(decide(facts)).isEmpty();
    }

    @Test
    void aNameThatResolvesToLoopbackIsAProblem() {
        Facts facts = new Facts();
        facts.names = Map.of("ctl1", Optional.of("127.0.1.1"));

        assertThat(decide(facts)).singleElement().asString().contains("127.0.1.1", "192.0.2.1");
    }

    @Test
    void theVipOfAnotherMachineIsAProblem() {
        Facts facts = new Facts();
        facts.vipAnswers = true;

        assertThat(decide(facts))
                .singleElement()
                .asString()
                .contains("not of this cluster", "192.0.2.100");
    }

    @Test
    void theVipHeldByOurKeepalivedIsNone() {
        Facts facts = new Facts();
        facts.addresses = Set.of("192.0.2.1", "192.0.2.100");
        facts.running = Set.of("keepalived");
        facts.vipAnswers = true;

        assertThat(decide(facts)).isEmpty();
    }

    @Test
    void theVipOnAHostWithoutKeepalivedIsAProblem() {
        Facts facts = new Facts();
        facts.addresses = Set.of("192.0.2.100");

        assertThat(decide(facts)).singleElement().asString().contains("no Keepalived of ours");
    }

    private static List<Problem> decide(Facts facts) {
        Map<Host, HostFacts> seen = new LinkedHashMap<>();
        seen.put(Samples.CTL1, facts.make());
        return Preflight.decide(DEPLOYMENT, seen, REQUIRED);
    }

    private static final class Facts {
        private Duration offset = Duration.ZERO;
        private long free = 50L << 30;
        private Map<Integer, Set<String>> listening = Map.of();
        private Set<String> addresses = Set.of("192.0.2.1");
        private Map<String, Optional<String>> names = Map.of("ctl1", Optional.of("192.0.2.1"));
        private Optional<String> engine = Optional.of("26.1.5+dfsg1");
        private Set<String> running = Set.of();
        private boolean vipAnswers;

        HostFacts make() {
            Map<String, Long> disks = new LinkedHashMap<>();
            disks.put("/var/lib/docker", free);
            disks.put("/etc", free);
            return new HostFacts(
                    offset, disks, listening, addresses, names, engine, running, vipAnswers);
        }
    }
}
