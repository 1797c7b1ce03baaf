package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.RemoteFile;
import org.junit.jupiter.api.Test;

class KollaConvergenceTest {

    private static final String CONF = "/etc/kolla/keystone/keystone.conf";

    private final FakeCluster cluster = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final AtomicLong seconds = new AtomicLong();
    private final HostConvergence convergence =
            new KollaConvergence(
                    new HealthWait(
                            new Patience(
                                    () -> Instant.ofEpochSecond(seconds.get()),
                                    seconds::incrementAndGet)));

    @Test
    void putsFilesCreatesStartsAndNotesOnABareHost() {
        convergence.apply(context("debug = false"), Samples.CTL1);

        assertThat(cluster.host(Samples.CTL1).files())
                .containsKeys(CONF, HostObserver.NOTES + "/keystone");
        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("create keystone", "start keystone");
        assertThat(journal.done())
                .containsExactly("ctl1 put files of keystone", "ctl1 create keystone");
    }

    @Test
    void doesNothingTheSecondTime() {
        convergence.apply(context("debug = false"), Samples.CTL1);
        cluster.engine(Samples.CTL1).forgetCalls();
        int before = journal.done().size();

        convergence.apply(context("debug = false"), Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls()).isEmpty();
        assertThat(journal.done()).hasSize(before);
        assertThat(convergence.needed(context("debug = false"), Samples.CTL1)).isFalse();
    }

    @Test
    void restartsForANewFileAndLeavesTheContainerItself() {
        convergence.apply(context("debug = false"), Samples.CTL1);
        cluster.engine(Samples.CTL1).forgetCalls();

        convergence.apply(context("debug = true"), Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("stop keystone", "start keystone");
    }

    @Test
    void replacesTheProcessThatWasNamedOnceAndNotAgain() {
        convergence.apply(context("debug = false"), Samples.CTL1);
        cluster.engine(Samples.CTL1).forgetCalls();
        RolloutContext asking = context("debug = false").asking(named("keystone"));

        assertThat(convergence.needed(asking, Samples.CTL1)).isTrue();
        convergence.apply(asking, Samples.CTL1);
        convergence.apply(asking, Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("stop keystone", "start keystone");
        assertThat(convergence.needed(asking, Samples.CTL1)).isFalse();
    }

    @Test
    void startsAContainerThatWasStoppedForItsRestartWhenTheProgramDied() {
        convergence.apply(context("debug = false"), Samples.CTL1);
        RolloutContext asking = context("debug = false").asking(named("keystone"));
        cluster.engine(Samples.CTL1).stop("keystone", Duration.ZERO);
        cluster.engine(Samples.CTL1).forgetCalls();

        convergence.apply(asking, Samples.CTL1);
        convergence.apply(asking, Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("stop keystone", "start keystone");
    }

    private Restarts named(String container) {
        Instant started =
                cluster.engine(Samples.CTL1).inspect(container).orElseThrow().startedAt().get();
        return new Restarts(Map.of("ctl1", Map.of(container, started)));
    }

    @Test
    void goesOnWithTheRestartWhenItDiedAfterPuttingTheFile() {
        convergence.apply(context("debug = false"), Samples.CTL1);
        convergence.putFiles(context("debug = true"), Samples.CTL1);
        cluster.engine(Samples.CTL1).forgetCalls();

        assertThat(convergence.needed(context("debug = true"), Samples.CTL1)).isTrue();
        convergence.apply(context("debug = true"), Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("stop keystone", "start keystone");
    }

    @Test
    void restartsNothingOnAHostThatAnotherToolDeployedTheSameWay() {
        RolloutContext context = context("debug = false");
        takenOver(context);

        convergence.apply(context, Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls()).isEmpty();
    }

    @Test
    void restartsAnAdoptedContainerThatHasOtherConfigurationInside() {
        RolloutContext context = context("debug = false");
        takenOver(context);
        cluster.engine(Samples.CTL1)
                .execs(
                        (name, argv, env) ->
                                argv.contains("--check")
                                        ? Optional.of(new ExecResult(1, "", "differs"))
                                        : Optional.empty());

        convergence.apply(context, Samples.CTL1);

        assertThat(cluster.engine(Samples.CTL1).calls())
                .containsExactly("stop keystone", "start keystone");
    }

    @Test
    void aContainerThatEndsOverAndOverIsAFailureWithItsLastWords() {
        cluster.engine(Samples.CTL1).endsAtOnce("keystone");
        DesiredService service = Samples.service("keystone", "debug = false", 5000, Samples.CTL1);
        RolloutContext context = context(service);

        assertThatThrownBy(
                        () ->
                                convergence.apply(
                                        context,
                                        Samples.CTL1,
                                        Samples.spec("keystone").withRestartPolicy("no")))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-ROLLOUT-002");
                            assertThat(f.evidence()).contains("last words of keystone");
                        });
    }

    @Test
    void aJobThatEndsBadlySaysItsLastWords() {
        cluster.engine(Samples.CTL1).jobsEndWith(new ExecResult(3, "", "no database"));
        BootstrapJob job =
                new BootstrapJob(
                        "bootstrap_keystone",
                        "keystone",
                        new TreeMap<>(Map.of("KOLLA_BOOTSTRAP", "")),
                        false,
                        Duration.ofMinutes(1));

        assertThatThrownBy(() -> convergence.runBootstrap(context("x"), Samples.CTL1, job))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-ROLLOUT-001");
                            assertThat(f.evidence()).contains("no database");
                            assertThat(f.host()).contains("ctl1");
                        });
    }

    private void takenOver(RolloutContext context) {
        context.service()
                .on(Samples.CTL1)
                .forEach(
                        c -> {
                            c.files()
                                    .forEach(
                                            f ->
                                                    cluster.host(Samples.CTL1)
                                                            .put(
                                                                    List.of(
                                                                            new RemoteFile(
                                                                                    f.path(),
                                                                                    f.content(),
                                                                                    f.mode(),
                                                                                    f.owner()))));
                            cluster.engine(Samples.CTL1).create(c.spec());
                            cluster.engine(Samples.CTL1).start(c.spec().name());
                        });
        cluster.engine(Samples.CTL1).forgetCalls();
    }

    private RolloutContext context(String content) {
        return context(Samples.service("keystone", content, 5000, Samples.CTL1));
    }

    private RolloutContext context(DesiredService service) {
        return new RolloutContext(
                Samples.deployment(Map.of(), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                journal);
    }
}
