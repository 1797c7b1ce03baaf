package kolla.runbooks.galera.backup;

import java.util.Map;
import java.util.TreeMap;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** A job on the store's host that works on the data prepared for one id. */
record StoreJob(RolloutContext context, BackupStore store, BackupJobs jobs) {

    static final String NOT_PROVEN = "KR-BACKUP-007";

    /**
     * Runs it as an action of the journal, or waits for the one that runs.
     *
     * @throws RunbookFailure {@code KR-BACKUP-003} the disk became full, {@code -007} it failed
     */
    JobFacts perform(
            String job,
            String id,
            String intent,
            String image,
            Map<String, String> variables,
            long bytes) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("KR_WORK", store.work(id));
        Host keeper = store.site().host();
        java.util.List<JobFacts> facts = new java.util.ArrayList<>();
        context.journal()
                .perform(
                        keeper.name(),
                        job + " " + id,
                        intent,
                        () -> {
                            jobs.prepare(keeper, false);
                            ContainerEngine.ExecResult result =
                                    jobs.run(
                                            keeper,
                                            jobs.spec(job, image, store.mount(), all),
                                            BackupJobs.budget(bytes));
                            if (!result.ok()) {
                                throw failed(job, keeper, result);
                            }
                            JobFacts found = JobFacts.parse(result.out());
                            facts.add(found);
                            return String.join("; ", found.lines());
                        });
        return facts.get(0);
    }

    private RunbookFailure failed(String job, Host keeper, ContainerEngine.ExecResult result) {
        String words = BackupJobs.lastWords(result);
        return result.err().contains("No space left on device")
                ? RunbookFailure.person(
                        BackupDecisions.NO_ROOM,
                        keeper.name(),
                        "its disk became full; make room, then retry",
                        words)
                : RunbookFailure.person(
                        NOT_PROVEN,
                        keeper.name(),
                        "the job "
                                + jobs.name(job)
                                + " ended with "
                                + result.exit()
                                + " instead of 0, so this copy is no backup",
                        words);
    }
}
