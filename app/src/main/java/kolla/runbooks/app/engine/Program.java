package kolla.runbooks.app.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The life of this program among its peers.
 *
 * <ul>
 *   <li>It joins before the engine is built, and from then on its heart beats.
 *   <li>When everything is up it frees what its earlier lives held, and only then executes steps.
 *   <li>Its peers watch its beat, and it watches theirs ({@link PeerWatch}).
 *   <li>When it finds that it was buried (it was frozen or cut off for too long), it stops
 *       executing at once, waits until its last step has ended, and begins a new life.
 *   <li>When it is stopped it lets running steps end, frees its jobs and says good-bye.
 * </ul>
 */
final class Program implements SmartLifecycle, Supplier<Incarnation>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    /** What this program may do. */
    enum State {
        /** It has joined, but does not execute steps. */
        JOINED,
        WORKING,
        /** Peers may have taken over: it must not act until it has begun a new life. */
        BURIED,
        ENDED
    }

    private final NodeId node;
    private final Nodes nodes;
    private final EngineJobs jobs;
    private final StepExecutor executor;
    private final PeerWatch peers;
    private final ForgottenJobs forgotten;
    private final EngineSettings settings;

    // Two threads, so that no work for a peer delays the sign of our own life.
    private final ScheduledExecutorService heart = thread("heartbeat");
    private final ScheduledExecutorService watch = thread("peer-watch");
    private final AtomicReference<State> state = new AtomicReference<>(State.JOINED);

    private volatile Incarnation me;
    private volatile long lastBeat;
    private volatile boolean wanted;

    Program(
            NodeId node,
            Nodes nodes,
            EngineJobs jobs,
            StepExecutor executor,
            PeerWatch peers,
            ForgottenJobs forgotten,
            EngineSettings settings) {
        this.node = node;
        this.nodes = nodes;
        this.jobs = jobs;
        this.executor = executor;
        this.peers = peers;
        this.forgotten = forgotten;
        this.settings = settings;
    }

    /**
     * Begins to live.
     *
     * @throws kolla.runbooks.failure.RunbookFailure {@code KR-NODE-001} when a living program has
     *     this node id
     */
    Program join() {
        new Twin(nodes, settings.beat()).refuse(node);
        me = nodes.join(node.value());
        lastBeat = System.nanoTime();
        LOG.info("program {} has joined", me);
        every(settings.beat(), heart, this::beat);
        every(settings.beat(), watch, this::look);
        return this;
    }

    /** The present life. */
    @Override
    public Incarnation get() {
        return me;
    }

    State state() {
        return state.get();
    }

    @Override
    public synchronized void start() {
        wanted = true;
        if (state.get() == State.JOINED) {
            work();
        }
    }

    @Override
    public synchronized void stop() {
        wanted = false;
        boolean clean = !executor.isActive() || executor.stop(settings.stopGrace());
        end(clean);
    }

    @Override
    public void close() {
        end(!executor.isActive());
    }

    @Override
    public boolean isRunning() {
        return wanted;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void work() {
        List<RunId> runs = nodes.inherit(me, jobs);
        if (!runs.isEmpty()) {
            LOG.info("program {} goes on with runs {}", me, runs);
        }
        executor.start();
        state.compareAndSet(State.JOINED, State.WORKING);
    }

    private void end(boolean clean) {
        State before = state.getAndSet(State.ENDED);
        if (before == State.ENDED) {
            return;
        }
        heart.shutdownNow();
        watch.shutdownNow();
        if (clean && before != State.BURIED) {
            // Jobs that were taken but not begun are free for others at once.
            nodes.leave(me, jobs);
            LOG.info("program {} has left", me);
        } else {
            LOG.warn("program {} ends without good-bye; a peer frees what it held", me);
        }
    }

    private void beat() {
        State now = state.get();
        if (now == State.BURIED || now == State.ENDED) {
            return;
        }
        try {
            if (nodes.beat(me)) {
                lastBeat = System.nanoTime();
            } else {
                buried("it was declared dead by a peer");
            }
        } catch (RuntimeException e) {
            LOG.warn("program {} could not say that it lives: {}", me, e.getMessage());
            Duration silence = Duration.ofNanos(System.nanoTime() - lastBeat);
            if (silence.compareTo(settings.mayBeBuriedAfter()) > 0) {
                buried("it could not reach the database for " + silence.toSeconds() + " s");
            }
        }
    }

    private void buried(String why) {
        State before = state.get();
        if (before != State.ENDED && state.compareAndSet(before, State.BURIED)) {
            LOG.error("program {} stops executing steps: {}", me, why);
            watch.execute(this::look);
        }
    }

    private void look() {
        try {
            switch (state.get()) {
                case JOINED, ENDED -> {}
                case WORKING -> {
                    peers.look(me);
                    forgotten.look();
                }
                case BURIED -> riseAgain();
            }
        } catch (RuntimeException e) {
            LOG.warn("program {}: {}", me, e.getMessage());
        }
    }

    /** Nothing of the old life may still be acting when the new one begins. */
    private synchronized void riseAgain() {
        if (executor.isActive()) {
            executor.stop(Duration.ZERO);
        }
        if (!executor.hasEnded()) {
            LOG.warn("program {} waits for a step that did not heed its interrupt", me);
            return;
        }
        new Twin(nodes, settings.beat()).refuse(node);
        me = nodes.join(node.value());
        lastBeat = System.nanoTime();
        LOG.info("program {} has joined again", me);
        if (state.compareAndSet(State.BURIED, State.JOINED) && wanted) {
            work();
        }
    }

    private static void every(Duration beat, ScheduledExecutorService thread, Runnable work) {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(
                        work, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
