package kolla.runbooks.app.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.engine.impl.jobexecutor.ThreadPoolJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the engine's jobs, which are the steps of runbooks, in threads of its own. It takes no
 * more jobs than it has free threads, so that none waits here while a peer is idle, and locks them
 * for longer than any step lasts: that its owner has died is seen by its heartbeat, not by a
 * time-out.
 *
 * <p>When it is stopped, it begins no further job (also none that follows on a running one), waits,
 * and then interrupts what still runs.
 */
final class StepExecutor extends ThreadPoolJobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(StepExecutor.class);
    private static final Duration LOCK = Duration.ofDays(1);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final int threads;
    private final Set<String> handed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();

    private volatile Duration grace = Duration.ZERO;
    private volatile boolean stopping;

    StepExecutor(NodeId node, int threads) {
        this.threads = threads;
        this.name = "step-acquisition";
        setLockOwner(node.value());
        setLockTimeInMillis(Math.toIntExact(LOCK.toMillis()));
        setMaxJobsPerAcquisition(threads);
        setWaitTimeInMillis(500);
        setMaxWait(2_000);
        setBackoffTimeInMillis(25);
        setMaxBackoff(400);
        setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
    }

    /**
     * @param patience how long running steps may go on before they are interrupted
     * @return whether all have ended; when not, their threads go on after an interrupt that they
     *     did not heed
     */
    boolean stop(Duration patience) {
        grace = patience;
        stopping = true;
        shutdown();
        return hasEnded();
    }

    boolean hasEnded() {
        return threadPoolExecutor == null || threadPoolExecutor.isTerminated();
    }

    /** Whether what fails now fails because of the stop, and says nothing about the step. */
    boolean isStopping() {
        return stopping;
    }

    /** The ids of jobs that are being executed or stand before it. */
    Set<String> handed() {
        return Set.copyOf(handed);
    }

    @Override
    public boolean isActive() {
        return super.isActive() && !stopping;
    }

    @Override
    public Command<AcquiredJobs> getAcquireJobsCmd(int wanted) {
        return super.getAcquireJobsCmd(Math.max(0, Math.min(wanted, threads - busy.get())));
    }

    @Override
    public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
        handed.addAll(jobIds);
        super.executeJobs(jobIds, engine);
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new Batch(jobIds, engine);
    }

    @Override
    protected void startExecutingJobs() {
        stopping = false;
        handed.clear();
        busy.set(0);
        AtomicInteger number = new AtomicInteger();
        threadPoolExecutor =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.MILLISECONDS,
                        new ArrayBlockingQueue<>(threads),
                        work -> new Thread(work, "step-" + number.incrementAndGet()));
        super.startExecutingJobs();
    }

    @Override
    protected void stopExecutingJobs() {
        super.stopExecutingJobs();
        threadPoolExecutor.shutdown();
        if (!ended(grace)) {
            LOG.warn("steps still run after {}; they are interrupted", grace);
            threadPoolExecutor.shutdownNow();
            if (!ended(AFTER_INTERRUPT)) {
                LOG.warn("steps did not heed the interrupt: jobs {}", handed);
            }
        }
    }

    private boolean ended(Duration patience) {
        try {
            return threadPoolExecutor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return threadPoolExecutor.isTerminated();
        }
    }

    /** Jobs that one thread executes one after another, with those that follow on them. */
    private final class Batch extends ExecuteJobsRunnable {

        Batch(List<String> jobIds, ProcessEngineImpl engine) {
            super(jobIds, engine);
        }

        @Override
        public void run() {
            busy.incrementAndGet();
            try {
                super.run();
            } finally {
                busy.decrementAndGet();
                jobIds.forEach(handed::remove);
                jobWasAdded();
            }
        }

        @Override
        protected void executeJob(
                String job, CommandExecutor commands, JobFailureCollector failures) {
            handed.add(job);
            try {
                super.executeJob(job, commands, failures);
            } finally {
                handed.remove(job);
            }
        }
    }
}
