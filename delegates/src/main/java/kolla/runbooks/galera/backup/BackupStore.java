package kolla.runbooks.galera.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The backups of a cluster in its store. What counts is read from the manifests there, each time:
 * one folder a backup, {@code <volume>/<cluster>/<id>/} with {@code archive.mbs.gz} and {@code
 * manifest.json}, which comes to this name in one piece when all of it is proven. What is being
 * made is in folders that begin with a dot, and never counts.
 */
public final class BackupStore {

    private static final String ARCHIVE = "archive.mbs.gz";

    /** Prints {@code backup <bytes> <manifest in Base64>} a backup. */
    private static final String LIST =
            """
            [ -d "$1" ] || exit 0
            for manifest in "$1"/*/manifest.json; do
              [ -f "$manifest" ] || continue
              archive=${manifest%/*}/archive.mbs.gz
              printf 'backup %s %s\\n' "$(stat -c %s "$archive" 2>/dev/null || echo 0)" \
                "$(base64 -w0 "$manifest")"
            done
            """;

    private static final String FREE = "df -PB1 \"$1\" | awk 'NR == 2 { print $4 }'";

    /** Moves a proven backup to its name; done already is done. */
    private static final String PUBLISH =
            """
            set -e
            if [ -d "$1/.incoming/$2" ]; then
              rm -f "$1/.incoming/$2"/*.note
              sync -f "$1/.incoming/$2"
              mv -T "$1/.incoming/$2" "$1/$2"
              sync -f "$1/$2"
            fi
            rm -rf "$1/.work/$2"
            test -f "$1/$2/manifest.json"
            """;

    /** Out of sight in one move, so that no half of it is ever listed. */
    private static final String DELETE =
            """
            set -e
            [ ! -d "$1/$2" ] || mv -T "$1/$2" "$1/.deleted-$2"
            rm -rf "$1/.deleted-$2"
            """;

    /** Removes what runs left that did not come to their end, this one's aside. */
    private static final String TIDY =
            """
            cd "$1" 2>/dev/null || exit 0
            for folder in .incoming/* .work/* .deleted-*; do
              [ -d "$folder" ] || continue
              [ "${folder##*/}" = "$2" ] || { rm -rf "$folder" && echo "$folder"; }
            done
            """;

    private static final String NOTE = "cat \"$1\" 2>/dev/null || true";

    private final RolloutContext context;
    private final StoreSite site;

    private BackupStore(RolloutContext context, StoreSite site) {
        this.context = context;
        this.site = site;
    }

    /**
     * @param context of the service of kind galera
     * @throws kolla.runbooks.failure.RunbookFailure {@code KR-BACKUP-002} when the cluster's
     *     definition names no fit host
     */
    public static BackupStore of(RolloutContext context) {
        return new BackupStore(context, StoreSite.of(context));
    }

    /**
     * The backups that count, the newest first; those whose archive is away or has another size are
     * left out. Changes nothing. Empty where none was ever taken.
     *
     * @throws kolla.runbooks.failure.RunbookFailure when the store's host cannot be read
     */
    public static List<Backup> list(RolloutContext context) {
        return of(context).backups();
    }

    StoreSite site() {
        return site;
    }

    List<Backup> backups() {
        Optional<String> root = root();
        if (root.isEmpty()) {
            return List.of();
        }
        List<Backup> found = new ArrayList<>();
        for (String line : shell("list the backups", LIST, root.get()).split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 3) {
                String json =
                        new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
                Manifest.parse(json)
                        .filter(b -> b.cluster().equals(context.cluster().name()))
                        .filter(b -> String.valueOf(b.bytes()).equals(words[1]))
                        .ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Backup::copiedAt).reversed());
        return List.copyOf(found);
    }

    /** Bytes that are free; the volume is made when it is not there yet. */
    long free(String image) {
        return Long.parseLong(shell("look at the free space", FREE, ensured(image)).strip());
    }

    /** Of a backup's archive as it lies there now, lower-case hex. */
    String digest(Backup backup) {
        String path = root().orElseThrow() + "/" + backup.id() + "/" + ARCHIVE;
        return Shell.run(
                        context,
                        site.host(),
                        "read " + backup.id(),
                        "sha256sum \"$1\" | cut -d' ' -f1",
                        BackupJobs.budget(backup.bytes()),
                        path)
                .strip();
    }

    void deleteWork(String id) {
        root().ifPresent(r -> shell("tidy up", "rm -rf \"$1/.work/$2\"", r, id));
    }

    /** The folder of this cluster's backups as a job sees it. */
    String inside() {
        return "/backup/" + context.cluster().name();
    }

    String archive(String id) {
        return inside() + "/" + id + "/" + ARCHIVE;
    }

    String incoming(String id) {
        return inside() + "/.incoming/" + id;
    }

    String incomingArchive(String id) {
        return incoming(id) + "/" + ARCHIVE;
    }

    String work(String id) {
        return inside() + "/.work/" + id;
    }

    /** The mount of a job on the store's host. */
    String mount() {
        return site.volume() + ":/backup";
    }

    /** What a step of this run found out, kept beside what it made until the backup counts. */
    Optional<JobFacts> note(String id, String name) {
        return root().map(r -> shell("read the note " + name, NOTE, notePath(r, id, name)))
                .filter(t -> !t.isBlank())
                .map(JobFacts::parse);
    }

    void note(String id, String name, JobFacts facts) {
        put(notePath(root().orElseThrow(), id, name), facts.text());
    }

    void publish(Backup backup) {
        String root = root().orElseThrow();
        put(root + "/.incoming/" + backup.id() + "/manifest.json", Manifest.json(backup));
        shell("publish " + backup.id(), PUBLISH, root, backup.id());
    }

    void delete(Backup backup) {
        shell("delete " + backup.id(), DELETE, root().orElseThrow(), backup.id());
    }

    /** Removes what ended runs left half made; returns what was removed. */
    List<String> tidy(String keep) {
        return root().map(r -> shell("tidy up", TIDY, r, keep)).stream()
                .flatMap(String::lines)
                .toList();
    }

    private static String notePath(String root, String id, String name) {
        return root + "/.incoming/" + id + "/" + name + ".note";
    }

    private void put(String path, String text) {
        context.connection(site.host()).put(List.of(new RemoteFile(path, text, 0640, "root:root")));
    }

    private String shell(String what, String script, String... arguments) {
        return Shell.run(context, site.host(), what, script, arguments);
    }

    /** The folder of this cluster's backups on the host; empty when there is no volume yet. */
    private Optional<String> root() {
        Optional<String> volume =
                site.isPath()
                        ? Optional.of(site.volume())
                        : context.engine(site.host()).volumePath(site.volume());
        return volume.map(v -> v + "/" + context.cluster().name());
    }

    private String ensured(String image) {
        ContainerEngine engine = context.engine(site.host());
        if (!site.isPath() && engine.volumePath(site.volume()).isEmpty()) {
            // the engine makes a named volume with the first container that names it
            String name = "mariadb_backup_volume";
            engine.remove(name);
            engine.create(BackupJobs.bare(name, image, List.of(mount())));
            engine.remove(name);
        }
        String root = root().orElseThrow();
        // the jobs work as the image's own account; what they make is theirs
        shell(
                "make the folder",
                "mkdir -p \"$1\" && chmod 0750 \"$1\" && chown " + BackupJobs.ACCOUNT + " \"$1\"",
                root);
        return root;
    }
}
