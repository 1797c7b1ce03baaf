package kolla.runbooks.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut.Outcome;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Variables;
import org.junit.jupiter.api.Test;

class BoundedFanOutTest {

    private static final List<Host> HOSTS =
            IntStream.range(0, 8).mapToObj(i -> host("ctl" + i)).toList();

    @Test
    void keepsTheOrderOfTheHosts() {
        Map<Host, String> names = new BoundedFanOut(3).all(HOSTS, Host::name);

        assertThat(new ArrayList<>(names.keySet())).isEqualTo(HOSTS);
        assertThat(names.values())
                .containsExactlyElementsOf(HOSTS.stream().map(Host::name).toList());
    }

    @Test
    void worksOnAsManyHostsAtATimeAsItIsWide() {
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        new BoundedFanOut(4)
                .all(
                        HOSTS,
                        h -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            meet(four);
                            return now.decrementAndGet();
                        });

        assertThat(most).hasValue(4);
    }

    @Test
    void triesAllHostsAndTellsWhatFailedBesideWhatWorked() {
        Map<Host, Outcome<String>> outcomes =
                new BoundedFanOut().each(HOSTS, h -> failOn(h, "ctl2", "ctl5"));

        assertThat(outcomes).hasSize(8);
        assertThat(outcomes.get(HOSTS.get(1))).isEqualTo(new Outcome.Done<>("ctl1"));
        assertThat(outcomes.get(HOSTS.get(2))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void throwsTheFirstFailureWithTheOthersSuppressed() {
        assertThatThrownBy(() -> new BoundedFanOut().all(HOSTS, h -> failOn(h, "ctl5", "ctl2")))
                .hasMessage("ctl2")
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .extracting(Throwable::getMessage)
                                        .containsExactly("ctl5"));
    }

    @Test
    void doesNothingForNoHosts() {
        assertThat(new BoundedFanOut().all(List.of(), Host::name)).isEmpty();
    }

    @Test
    void mayBeUsedInsideItself() {
        BoundedFanOut narrow = new BoundedFanOut(1);

        assertThat(narrow.all(HOSTS, h -> narrow.all(HOSTS, Host::name).size()).values())
                .containsOnly(8);
    }

    @Test
    void handsAnInterruptOnToTheWorkAndStartsNoMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        AtomicInteger started = new AtomicInteger();
        AtomicReference<Map<Host, Outcome<String>>> outcomes = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            outcomes.set(
                                    new BoundedFanOut(2)
                                            .each(
                                                    HOSTS,
                                                    h -> {
                                                        started.incrementAndGet();
                                                        begun.countDown();
                                                        return sleepUntilInterrupted();
                                                    }));
                            interrupted.set(Thread.currentThread().isInterrupted());
                        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join(10_000);

        assertThat(started).hasValue(2);
        assertThat(interrupted.get()).isTrue();
        assertThat(outcomes.get().values())
                .hasSize(8)
                .allSatisfy(
                        o ->
                                assertThat(o)
                                        .isInstanceOfSatisfying(
                                                Outcome.Failed.class,
                                                f ->
                                                        assertThat(
                                                                        ((RunbookFailure) f.cause())
                                                                                .code())
                                                                .isEqualTo("KR-HOST-008")));
    }

    private static String failOn(Host host, String... names) {
        if (List.of(names).contains(host.name())) {
            throw new IllegalStateException(host.name());
        }
        return host.name();
    }

    private static String sleepUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Host host(String name) {
        return new Host(
                name,
                new Login(name, 22, "root", false, Optional.empty(), Optional.empty()),
                Variables.NONE);
    }
}
