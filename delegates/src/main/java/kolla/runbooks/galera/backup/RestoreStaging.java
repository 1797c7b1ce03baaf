package kolla.runbooks.galera.backup;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Brings the data of a backup beside the old ones on the host that the cluster will begin on, while
 * clients are still served: prepared in the store, started and queried once more, sent, compared.
 */
public final class RestoreStaging {

    static final String OTHER_ROWS = "KR-RESTORE-005";
    static final String OTHER_PASSWORD = "KR-RESTORE-006";

    private static final String WAIT_SECONDS = "120";

    /** The account of the jobs writes into a folder that root's own engine keeps. */
    private static final String MAKE_FOLDER =
            """
            set -e
            mkdir -p "$1"
            chown %s "$1"
            chmod 0755 "$1"
            """
                    .formatted(BackupJobs.ACCOUNT);

    private final RolloutContext context;
    private final InstantSource clock;
    private final BackupStore store;
    private final BackupJobs jobs;

    public RestoreStaging(RolloutContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
        this.store = BackupStore.of(context);
        this.jobs = new BackupJobs(context);
    }

    /**
     * @throws RunbookFailure {@code KR-RESTORE-005} the prepared data hold other rows than the
     *     backup's manifest says, {@code -006} root's password in them is not the one of
     *     passwords.yml, and what {@link StoreJob} and {@link Transfer} throw
     */
    public void stage(RestorePlan plan) {
        Host first = context.cluster().inventory().host(plan.first());
        Beside beside = Beside.of(context, first);
        if (beside.staged(context)) {
            context.journal().log(first.name(), "the data are beside the old ones already");
            return;
        }
        Backup backup = backup(plan.backup());
        String image = RestorePlanning.image(context);
        String work = "restore-" + context.journal().run().value();
        BackupPlanning.pull(context, store.site().host(), image);
        BackupPlanning.pull(context, first, image);
        jobs.endOrphans(store.site().host());
        jobs.endOrphans(first);
        StoreJob job = new StoreJob(context, store, jobs);
        if (jobs.find(store.site().host(), "send").isEmpty()) {
            job.perform(
                    "prepare",
                    work,
                    "the files are consistent",
                    image,
                    Map.of(
                            "KR_ARCHIVES", String.join(" ", archives(backup)),
                            "KR_VERSION", release(backup)),
                    backup.preparedBytes());
            JobFacts asked =
                    job.perform(
                            "query",
                            work,
                            "a server comes up and holds the rows of the manifest",
                            image,
                            Map.of(
                                    "KR_WAIT",
                                    String.valueOf(
                                            BackupJobs.budget(backup.preparedBytes()).toSeconds()),
                                    "KR_PASSWORD",
                                    GaleraSql.password(context, "database_password")),
                            backup.preparedBytes());
            check(backup, asked);
        }
        context.journal()
                .perform(
                        first.name(),
                        "put " + backup.id() + " beside the old data",
                        beside.restored() + " holds what was queried in the store",
                        () -> send(backup, image, work, first, beside));
        beside.markStaged(context);
        store.deleteWork(work);
    }

    private void check(Backup backup, JobFacts asked) {
        List<Backup.SchemaRows> rows = BackupProof.rows(asked);
        if (!rows.equals(backup.schemas())) {
            throw RunbookFailure.person(
                    OTHER_ROWS,
                    store.site().host().name(),
                    "the prepared data of " + backup.id() + " hold other rows than it had",
                    "manifest: " + backup.schemas(),
                    "now: " + rows);
        }
        if (!asked.one("login").equals("yes")) {
            throw RunbookFailure.person(
                    OTHER_PASSWORD,
                    store.site().host().name(),
                    "in "
                            + backup.id()
                            + " root has another password than database_password of passwords.yml;"
                            + " put the password of that time back, restore, then change it");
        }
    }

    private String send(Backup backup, String image, String work, Host first, Beside beside) {
        Host keeper = store.site().host();
        boolean underWay =
                jobs.find(keeper, "send").isPresent() && jobs.find(first, "fetch").isPresent();
        if (!underWay) {
            jobs.end(keeper, "send");
            jobs.end(first, "fetch");
            jobs.prepare(keeper, false);
            jobs.prepare(first, false);
            Shell.run(context, first, "make the folder", MAKE_FOLDER, beside.restored());
        }
        String key = TransferKey.make(clock.instant());
        String port = String.valueOf(store.site().port());
        ContainerSpec receiver =
                jobs.spec(
                        "fetch",
                        image,
                        beside.restored() + ":/restored",
                        Map.of("KR_PORT", port, "KR_WAIT", WAIT_SECONDS, "KR_TLS", key));
        ContainerSpec sender =
                jobs.spec(
                        "send",
                        image,
                        store.mount(),
                        Map.of(
                                "KR_WORK",
                                store.work(work),
                                "KR_PEER",
                                first.login().address(),
                                "KR_PORT",
                                port,
                                "KR_NAME",
                                TransferKey.NAME,
                                "KR_TLS",
                                key));
        JobFacts arrived =
                new Transfer(context, jobs, "fetch", "send")
                        .run(first, receiver, keeper, sender, backup.preparedBytes());
        return "arrived, bytes and sha256 " + arrived.one("received");
    }

    private List<String> archives(Backup backup) {
        List<String> archives = new ArrayList<>();
        backup.base().ifPresent(b -> archives.add(store.archive(b)));
        archives.add(store.archive(backup.id()));
        return archives;
    }

    private Backup backup(String id) {
        return store.backups().stream()
                .filter(b -> b.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        RestoreDecisions.NO_BACKUP,
                                        store.site().host().name(),
                                        id + " is no longer in the store"));
    }

    /** {@code 10.11} of {@code 10.11.19-MariaDB}: files of one release are read by its programs. */
    private static String release(Backup backup) {
        String[] parts = backup.serverVersion().split("\\.");
        return parts.length < 2 ? backup.serverVersion() : parts[0] + "." + parts[1];
    }
}
