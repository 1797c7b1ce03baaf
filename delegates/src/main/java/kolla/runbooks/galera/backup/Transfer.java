package kolla.runbooks.galera.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Sends data from one host to another by two jobs, and compares what both say of it. */
record Transfer(RolloutContext context, BackupJobs jobs, String receive, String send) {

    static final String DIFFERS = "KR-BACKUP-005";

    /**
     * Runs both to their end, or waits for those that run already.
     *
     * @return what the receiver found out
     * @throws RunbookFailure {@code KR-BACKUP-003} a disk was full, {@code -004} a job failed,
     *     {@code -005} the two do not agree
     */
    JobFacts run(Host to, ContainerSpec receiver, Host from, ContainerSpec sender, long bytes) {
        Duration limit = BackupJobs.budget(bytes);
        Map<Host, FanOut.Outcome<ContainerEngine.ExecResult>> outcomes =
                context.fanOut()
                        .each(
                                List.of(to, from),
                                host ->
                                        host.equals(to)
                                                ? jobs.run(to, receiver, limit)
                                                : sent(to, from, sender, limit));
        ContainerEngine.ExecResult got = result(outcomes.get(to));
        ContainerEngine.ExecResult gave = result(outcomes.get(from));
        full(to, got)
                .ifPresent(
                        f -> {
                            throw f;
                        });
        // the side that ended first broke the other one's connection
        failed(from, send, gave, got)
                .ifPresent(
                        f -> {
                            throw f;
                        });
        failed(to, receive, got, gave)
                .ifPresent(
                        f -> {
                            throw f;
                        });
        JobFacts arrived = JobFacts.parse(got.out());
        String sent = JobFacts.parse(gave.out()).one("sent");
        if (!arrived.one("received").equals(sent)) {
            throw RunbookFailure.person(
                    DIFFERS,
                    to.name(),
                    "what arrived is not what was sent; nothing of it is kept",
                    "sent by " + from.name() + " (bytes, sha256): " + sent,
                    "arrived at " + to.name() + ": " + arrived.one("received"));
        }
        return arrived;
    }

    /** A receiver whose sender has failed before it came would wait in vain. */
    private ContainerEngine.ExecResult sent(
            Host to, Host from, ContainerSpec sender, Duration limit) {
        ContainerEngine.ExecResult gave = jobs.run(from, sender, limit);
        if (!gave.ok()) {
            context.engine(to).stop(jobs.name(receive), Duration.ofSeconds(5));
        }
        return gave;
    }

    private static ContainerEngine.ExecResult result(
            FanOut.Outcome<ContainerEngine.ExecResult> outcome) {
        if (outcome instanceof FanOut.Outcome.Done<ContainerEngine.ExecResult> done) {
            return done.value();
        }
        throw ((FanOut.Outcome.Failed<ContainerEngine.ExecResult>) outcome).cause();
    }

    private Optional<RunbookFailure> full(Host host, ContainerEngine.ExecResult result) {
        return !result.ok() && result.err().contains("No space left on device")
                ? Optional.of(
                        RunbookFailure.person(
                                BackupDecisions.NO_ROOM,
                                host.name(),
                                "its disk became full while data arrived; nothing of it counts."
                                        + " Make room, then retry",
                                BackupJobs.lastWords(result)))
                : Optional.empty();
    }

    private Optional<RunbookFailure> failed(
            Host host,
            String job,
            ContainerEngine.ExecResult result,
            ContainerEngine.ExecResult other) {
        return result.ok()
                ? Optional.empty()
                : Optional.of(
                        RunbookFailure.person(
                                Shell.FAILED,
                                host.name(),
                                "the job "
                                        + jobs.name(job)
                                        + " ended with "
                                        + result.exit()
                                        + " instead of 0; its last words are in the evidence",
                                BackupJobs.lastWords(result),
                                "--- the other side:",
                                BackupJobs.lastWords(other)));
    }
}
