package kolla.runbooks.app.runs;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.CloudProbe;
import kolla.runbooks.probe.ProbePart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to it that every probe that was asked for goes on: takes those that nobody has, also of a
 * program that has died, ends those whose run is over, and takes away what they made in the cloud.
 * Programs that share the database share the work; a probe is never done by two at once.
 */
public class ProbeWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeWatch.class);
    private static final long PAUSE_MS = 1000;

    /** A clean-up that did not succeed is tried again after so many rounds. */
    private static final int ROUNDS = 10;

    /** What this program does for one run. */
    private static final class Work {
        private final ProbePart part;
        private Optional<Future<?>> ending = Optional.empty();
        private int rest;

        Work(ProbePart part) {
            this.part = part;
        }
    }

    private final String node;
    private final Probes probes;
    private final Runs runs;
    private final Function<ProbeState, CloudProbe.Draft> drafts;
    private final Map<RunId, Work> works = new ConcurrentHashMap<>();
    private final ExecutorService enders =
            Executors.newCachedThreadPool(
                    work -> {
                        Thread thread = new Thread(work, "probe-ender");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private int rounds;

    /**
     * @param node the name of this program
     * @param drafts what to do for a probe; throws when the cluster's definition cannot be read
     */
    public ProbeWatch(
            String node, Probes probes, Runs runs, Function<ProbeState, CloudProbe.Draft> drafts) {
        this.node = node;
        this.probes = probes;
        this.runs = runs;
        this.drafts = drafts;
    }

    /** Looks once at every probe that has not ended. */
    void round() {
        rounds++;
        for (Iterator<Work> all = works.values().iterator(); all.hasNext(); ) {
            if (all.next().part.lost()) {
                all.remove();
            }
        }
        for (ProbeState state : probes.open()) {
            try {
                look(state);
            } catch (RuntimeException e) {
                if (rounds % ROUNDS == 1) {
                    LOG.warn("probe of run {}: {}", state.run(), e.getMessage());
                }
            }
        }
    }

    private void look(ProbeState state) {
        boolean ending = state.phase() == ProbeState.Phase.ENDING;
        if (!ending && over(state.run())) {
            probes.end(state.run());
            ending = true;
        }
        Work work = works.get(state.run());
        if (work == null && state.freeFor(node, CloudProbe.SILENCE)) {
            work = take(state, ending);
        }
        if (work != null && ending) {
            end(state.run(), work);
        }
    }

    private boolean over(RunId run) {
        return runs.find(run).map(r -> r.endedAt().isPresent()).orElse(true);
    }

    private Work take(ProbeState state, boolean ending) {
        CloudProbe.Draft draft = drafts.apply(state);
        Optional<ProbeShift> shift =
                probes.take(state.run(), node, draft.kinds(), CloudProbe.SILENCE);
        if (shift.isEmpty()) {
            return null;
        }
        Work work = new Work(draft.part(shift.get()));
        works.put(state.run(), work);
        if (ending) {
            work.part.hold();
        } else {
            work.part.start();
        }
        LOG.info(
                "probe of run {} on cluster {}: taken, shift {}",
                state.run(),
                state.cluster(),
                shift.get().number());
        return work;
    }

    private void end(RunId run, Work work) {
        if (work.ending.filter(f -> !f.isDone()).isPresent() || rounds < work.rest) {
            return;
        }
        work.rest = rounds + ROUNDS;
        work.ending =
                Optional.of(
                        enders.submit(
                                () -> {
                                    try {
                                        work.part.end();
                                        works.remove(run, work);
                                        LOG.info("probe of run {}: ended", run);
                                    } catch (RuntimeException e) {
                                        LOG.warn(
                                                "probe of run {}: cannot be ended yet: {}",
                                                run,
                                                e.getMessage());
                                    }
                                }));
    }

    @Override
    public void start() {
        CountDownLatch stop = new CountDownLatch(1);
        stopped = stop;
        Thread thread = new Thread(() -> watch(stop), "probe-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(CountDownLatch stop) {
        try {
            while (!stop.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (RuntimeException e) {
                    LOG.warn("probes cannot be looked at: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another program may go on at once. */
    @Override
    public void stop() {
        stopped.countDown();
        works.forEach(
                (run, work) -> {
                    try {
                        work.part.leave();
                    } catch (RuntimeException e) {
                        LOG.warn("probe of run {}: {}", run, e.getMessage());
                    }
                });
        works.clear();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }
}
