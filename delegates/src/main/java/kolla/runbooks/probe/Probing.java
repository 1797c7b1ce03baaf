package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.Probes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One program's part in the probe of a run: makes what the probe needs in the cloud, uses the cloud
 * in every way at once, and writes down each second what it saw. When the program itself stood
 * still (a machine that was suspended, a long garbage collection), that time counts as not
 * observed.
 */
final class Probing implements ProbePart {

    private static final Logger LOG = LoggerFactory.getLogger(Probing.class);
    private static final long TICK_MS = 250;
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration STOOD_STILL = Duration.ofSeconds(3);
    private static final long TRY_AGAIN_MS = 3000;

    private final Probes probes;
    private final String node;
    private final List<Target> targets;
    private final Masker masker;
    private final ProbeListener listener;
    private final InstantSource clock;
    private final Tally tally;
    private final List<Lane> lanes = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread beat;
    private final Thread settling;
    private volatile ProbeShift shift;
    private volatile boolean lost;
    private Instant ticked;
    private Instant flushed;
    private ProbeBatch unwritten = ProbeBatch.EMPTY;

    Probing(
            Probes probes,
            ProbeShift shift,
            String node,
            List<Target> targets,
            Masker masker,
            ProbeListener listener,
            InstantSource clock) {
        this.probes = probes;
        this.shift = shift;
        this.node = node;
        this.targets = List.copyOf(targets);
        this.masker = masker;
        this.listener = listener;
        this.clock = clock;
        this.tally = new Tally(clock.instant());
        this.ticked = clock.instant();
        this.flushed = clock.instant();
        this.beat = daemon(this::beat, "probe-beat-" + shift.run());
        this.settling = daemon(this::settle, "probe-settle-" + shift.run());
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void start() {
        hold();
        targets.stream().filter(t -> t.lodging().isEmpty()).forEach(this::open);
        settling.start();
    }

    @Override
    public void hold() {
        beat.start();
    }

    @Override
    public boolean lost() {
        return lost;
    }

    /** Makes accounts, each until it stands; what they are for is probed from then on. */
    private void settle() {
        Set<Lodging> missing = new LinkedHashSet<>();
        targets.forEach(t -> t.lodging().ifPresent(missing::add));
        try {
            while (!missing.isEmpty() && stopped.getCount() > 0) {
                List<String> troubles = new ArrayList<>();
                for (Lodging lodging : List.copyOf(missing)) {
                    Optional<String> trouble = make(lodging);
                    if (trouble.isPresent()) {
                        troubles.add(trouble.get());
                    } else {
                        missing.remove(lodging);
                        targets.stream()
                                .filter(t -> t.lodging().filter(l -> l == lodging).isPresent())
                                .forEach(this::open);
                    }
                }
                say(String.join("; ", troubles));
                if (!missing.isEmpty() && stopped.await(TRY_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> make(Lodging lodging) {
        try {
            lodging.make();
            LOG.info("probe of run {}: {} made", shift.run(), lodging.name());
            return Optional.empty();
        } catch (RuntimeException e) {
            String why =
                    masker.mask(lodging.name() + " could not be made: " + FailureSentence.of(e));
            LOG.warn("probe of run {}: {}", shift.run(), why);
            return Optional.of(why);
        }
    }

    private void say(String trouble) {
        try {
            probes.trouble(shift, trouble);
        } catch (RuntimeException e) {
            LOG.warn("probe of run {}: {}", shift.run(), e.getMessage());
        }
    }

    private synchronized void open(Target target) {
        if (stopped.getCount() == 0) {
            return;
        }
        lanes.add(
                new Lane(
                                target.kind(),
                                target.period(),
                                target.use().get(),
                                tally,
                                listener,
                                failure -> masker.mask(FailureSentence.of(failure)),
                                clock)
                        .start());
    }

    private void beat() {
        try {
            while (!over.await(TICK_MS, TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            Instant now = clock.instant();
            boolean stoodStill = Duration.between(ticked, now).compareTo(STOOD_STILL) > 0;
            ticked = now;
            if (stoodStill) {
                wake(now);
            }
            if (Duration.between(flushed, now).compareTo(FLUSH) >= 0) {
                flushed = now;
                write(tally.take(now));
            }
            // waiting for the database is no standing still
            ticked = clock.instant();
        } catch (RuntimeException e) {
            LOG.warn(
                    "probe of run {}: what was seen is kept until the database takes it: {}",
                    shift.run(),
                    e.getMessage());
            ticked = clock.instant();
        }
    }

    /** Nobody watched while this program stood still: what it sees now is a shift of its own. */
    private void wake(Instant now) {
        tally.restart(now);
        List<String> kinds = targets.stream().map(Target::kind).toList();
        Optional<ProbeShift> next = probes.take(shift.run(), node, kinds, CloudProbe.SILENCE);
        if (next.isPresent()) {
            shift = next.get();
        } else {
            lose();
        }
    }

    private synchronized void write(ProbeBatch batch) {
        unwritten = unwritten.plus(batch);
        if (lost) {
            return;
        }
        if (!probes.write(shift, unwritten)) {
            lose();
        }
        unwritten = ProbeBatch.EMPTY;
    }

    private void lose() {
        lost = true;
        LOG.warn("probe of run {}: another program has it now", shift.run());
        halt();
        over.countDown();
    }

    /** No more requests; what was seen is written. */
    private void halt() {
        stopped.countDown();
        settling.interrupt();
        List<Lane> open;
        synchronized (this) {
            open = List.copyOf(lanes);
            lanes.clear();
        }
        open.forEach(Lane::close);
    }

    @Override
    public void end() {
        halt();
        write(tally.takeAll());
        targets.stream()
                .flatMap(t -> t.lodging().stream())
                .distinct()
                .forEach(
                        lodging -> {
                            lodging.remove();
                            LOG.info("probe of run {}: {} removed", shift.run(), lodging.name());
                        });
        probes.ended(shift);
        over.countDown();
    }

    @Override
    public void leave() {
        halt();
        over.countDown();
        write(tally.takeAll());
        if (!lost) {
            probes.leave(shift);
        }
    }
}
