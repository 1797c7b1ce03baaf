package kolla.runbooks.galera.backup;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Proves a copy in the store: prepares it as a restore would, starts a server on it that nobody
 * else can reach, checks every table and counts the rows. What stands that counts as a backup.
 */
public final class BackupProof {

    private static final String COPY = "copy";
    private static final String PREPARE = "prepare";
    private static final String QUERY = "query";

    private final RolloutContext context;
    private final BackupStore store;
    private final BackupJobs jobs;

    public BackupProof(RolloutContext context) {
        this.context = context;
        this.store = BackupStore.of(context);
        this.jobs = new BackupJobs(context);
    }

    /**
     * Unpacks the copy, an incremental onto its full one, and makes its files consistent.
     *
     * @throws RunbookFailure {@code KR-BACKUP-007} when they cannot be made so
     */
    public void prepare(BackupOrder order, Optional<Backup> base) {
        if (published(order) || store.note(order.id(), PREPARE).isPresent()) {
            context.journal().log(keeper().name(), order.id() + " has been prepared already");
            return;
        }
        JobFacts copied = copied(order);
        List<String> archives = new ArrayList<>();
        base.ifPresent(b -> archives.add(store.archive(b.id())));
        archives.add(store.incomingArchive(order.id()));
        long bytes = base.map(Backup::preparedBytes).orElse(0L) + bytes(copied) * 10;
        JobFacts facts =
                perform(
                        PREPARE,
                        order.id(),
                        "the files are consistent",
                        copied.one("image"),
                        Map.of("KR_ARCHIVES", String.join(" ", archives)),
                        bytes);
        store.note(order.id(), PREPARE, facts);
    }

    /**
     * Starts a server on the prepared data, asks it, and lets the backup count.
     *
     * @throws RunbookFailure {@code KR-BACKUP-007} when no server comes up or a table is damaged
     */
    public Backup query(BackupOrder order, Optional<Backup> base, InstantSource clock) {
        Optional<Backup> done =
                store.backups().stream().filter(b -> b.id().equals(order.id())).findFirst();
        if (done.isPresent()) {
            return done.get();
        }
        JobFacts copied = copied(order);
        JobFacts prepared =
                store.note(order.id(), PREPARE)
                        .orElseThrow(() -> notProven("it has not been prepared", ""));
        long size = Long.parseLong(prepared.one("bytes"));
        JobFacts asked =
                perform(
                        QUERY,
                        order.id(),
                        "a server comes up, every table is sound",
                        copied.one("image"),
                        Map.of("KR_WAIT", String.valueOf(BackupJobs.budget(size).toSeconds())),
                        size);
        Backup backup =
                new Backup(
                        order.id(),
                        order.kind(),
                        base.map(Backup::id),
                        context.cluster().name(),
                        prepared.one("galera"),
                        copied.one("host"),
                        copied.one("lineage"),
                        prepared.one("lsn"),
                        asked.one("version"),
                        Instant.parse(copied.one("copied-at")),
                        clock.instant(),
                        bytes(copied),
                        copied.one("received").split(" ")[1],
                        size,
                        Integer.parseInt(asked.one("checked")),
                        context.journal().run().value(),
                        rows(asked));
        context.journal()
                .perform(
                        keeper().name(),
                        "let " + order.id() + " count",
                        "its manifest lies beside its archive",
                        () -> {
                            store.publish(backup);
                            return backup.describe();
                        });
        return backup;
    }

    /** How many rows each schema has, by name. */
    static List<Backup.SchemaRows> rows(JobFacts asked) {
        return asked.all("schema").stream()
                .map(l -> l.split(" "))
                .map(f -> new Backup.SchemaRows(f[0], Integer.parseInt(f[1]), Long.parseLong(f[2])))
                .sorted(Comparator.comparing(Backup.SchemaRows::name))
                .toList();
    }

    private JobFacts perform(
            String job,
            String id,
            String intent,
            String image,
            Map<String, String> variables,
            long bytes) {
        return new StoreJob(context, store, jobs).perform(job, id, intent, image, variables, bytes);
    }

    private RunbookFailure notProven(String sentence, String words) {
        return RunbookFailure.person(StoreJob.NOT_PROVEN, keeper().name(), sentence, words);
    }

    private JobFacts copied(BackupOrder order) {
        return store.note(order.id(), COPY)
                .orElseThrow(() -> notProven("nothing was copied for " + order.id(), ""));
    }

    private boolean published(BackupOrder order) {
        return store.backups().stream().anyMatch(b -> b.id().equals(order.id()));
    }

    private static long bytes(JobFacts copied) {
        return Long.parseLong(copied.one("received").split(" ")[0]);
    }

    private Host keeper() {
        return store.site().host();
    }
}
