package kolla.runbooks.preparation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.rollout.Patience;

/**
 * Installs packages of the distribution as a job of the host: it goes on when the connection or
 * this program dies in the middle, so that dpkg is never cut short. Whoever comes while one runs
 * waits for it instead of beginning another.
 */
final class PackageInstall {

    static final String CODE = "KR-PREPARE-008";
    static final String FOLDER = "/var/lib/kolla-runbooks/prepare-host";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** Somebody else held a lock of apt or dpkg all the time; the engine would be touched. */
    private static final int LOCKED = 75;

    private static final int WOULD_TOUCH_THE_ENGINE = 76;

    /**
     * The job. Arguments: for how many seconds a lock is waited for, then packages. Locks are
     * waited for here because apt-get does so only for dpkg's own.
     */
    private static final String JOB =
            """
            #!/bin/sh
            export DEBIAN_FRONTEND=noninteractive LC_ALL=C
            export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            patience=$1; shift
            end=$(($(date +%s) + patience))
            # repeats a command while somebody else holds a lock that it needs
            patiently() {
              while :; do
                "$@" >out 2>&1; code=$?
                cat out
                [ $code != 0 ] || return 0
                grep -qE 'Could not get lock|Unable to acquire|lock was locked by' out ||
                  return $code
                [ "$(date +%s)" -lt $end ] || exit 75
                echo "waiting: another process holds the lock of apt or dpkg"
                sleep 2
              done
            }
            patiently dpkg --force-confold --configure -a || exit
            [ $# -gt 0 ] || exit 0
            patiently apt-get -q update || exit
            patiently apt-get -q -s -y --no-install-recommends install "$@" || exit
            if grep -E '^(Remv |Inst (docker|containerd|runc)[^ ]* \\[)' out; then
              echo "an engine would be upgraded or a package removed"
              exit 76
            fi
            patiently apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold \\
              install "$@" || exit
            """;

    /** Begins the job unless one runs, and says which. The job's children do not keep the lock. */
    private static final String BEGIN =
            """
            cd "$1" || exit; shift
            exec 9>lock
            if ! flock -n 9; then echo "attached $(cat packages)"; exit 0; fi
            rm -f exit
            patience=$1; shift
            echo "$*" >packages
            setsid sh -c 'sh ./install.sh "$@" 9>&-; echo $? >exit.new; mv exit.new exit' \\
              install "$patience" "$@" >log 2>&1 </dev/null &
            echo "begun $*"
            """;

    private static final String LOOK =
            """
            cd "$1" || exit
            exec 9>>lock
            if flock -n 9; then echo "ended $(cat exit 2>/dev/null)"; else echo running; fi
            tail -n 25 log
            """;

    private final HostConnection connection;
    private final Patience patience;
    private final Journal journal;
    private final Duration lockLimit;

    PackageInstall(
            HostConnection connection, Patience patience, Journal journal, Duration lockLimit) {
        this.connection = connection;
        this.patience = patience;
        this.journal = journal;
        this.lockLimit = lockLimit;
    }

    /**
     * Returns when the packages are installed.
     *
     * @throws RunbookFailure {@code KR-PREPARE-008} when they could not be, with apt's own words
     */
    String install(List<String> packages) {
        if (running()) {
            journal.log(host(), "waits for the packages that an earlier attempt installs");
            Ended earlier = await();
            if (earlier.packages.equals(packages)) {
                return judge(earlier, packages);
            }
        }
        connection.put(List.of(new RemoteFile(FOLDER + "/install.sh", JOB, 0700, "root:root")));
        String said = begin(packages);
        if (said.startsWith("attached")) {
            throw RunbookFailure.transientOn(
                    CODE, host(), "another attempt has just begun to install packages", null);
        }
        return judge(await(), packages);
    }

    private boolean running() {
        CommandResult seen = connection.run(Command.script(LOOK, FOLDER));
        return seen.ok() && seen.out().startsWith("running");
    }

    private String begin(List<String> packages) {
        List<String> arguments =
                new ArrayList<>(List.of(FOLDER, String.valueOf(lockLimit.toSeconds())));
        arguments.addAll(packages);
        return must(Command.script(BEGIN, arguments.toArray(String[]::new)), "begun");
    }

    private Ended await() {
        boolean[] told = {false};
        Optional<Ended> ended =
                patience.until(
                        LIMIT,
                        () -> {
                            String seen = must(Command.script(LOOK, FOLDER), "looked at");
                            if (seen.startsWith("running")) {
                                told[0] = told[0] || tell(seen);
                                return Optional.empty();
                            }
                            return Optional.of(ended(seen));
                        });
        return ended.orElseThrow(
                () ->
                        RunbookFailure.transientOn(
                                CODE,
                                host(),
                                "the packages were not installed within "
                                        + LIMIT.toMinutes()
                                        + " minutes; the job goes on there, and the next attempt"
                                        + " waits for it again",
                                null));
    }

    private Ended ended(String seen) {
        String packages = must(Command.of("cat", FOLDER + "/packages"), "read").strip();
        String exit = seen.lines().findFirst().orElse("").replace("ended", "").strip();
        List<String> words = seen.lines().skip(1).toList();
        return new Ended(
                exit.isEmpty() ? -1 : Integer.parseInt(exit),
                packages.isEmpty() ? List.of() : List.of(packages.split(" ")),
                words);
    }

    /** Once, while a lock of somebody else is waited for. */
    private boolean tell(String seen) {
        List<String> holder =
                seen.lines()
                        .filter(l -> l.contains("held by") || l.contains("lock was locked by"))
                        .toList();
        boolean waits = seen.lines().anyMatch(l -> l.startsWith("waiting:"));
        if (waits) {
            journal.warn(
                    host(),
                    "waits at most "
                            + lockLimit.toSeconds()
                            + " s for another process that holds the lock of apt or dpkg: "
                            + holder.stream().findFirst().orElse("its name is not known"));
        }
        return waits;
    }

    private String judge(Ended ended, List<String> packages) {
        if (ended.exit == 0) {
            return packages.isEmpty() ? "dpkg has finished" : "installed";
        }
        String why =
                switch (ended.exit) {
                    case LOCKED ->
                            "another process held the lock of apt or dpkg for "
                                    + lockLimit.toSeconds()
                                    + " s; let it end, then retry";
                    case WOULD_TOUCH_THE_ENGINE ->
                            "installing "
                                    + String.join(", ", packages)
                                    + " would upgrade the engine or remove a package; do it by"
                                    + " hand, with the host's containers in mind";
                    case -1 -> "the job was cut short, by the host's end perhaps; retry";
                    default ->
                            "apt or dpkg failed with "
                                    + ended.exit
                                    + ": "
                                    + ended.words.stream()
                                            .filter(
                                                    l ->
                                                            l.startsWith("E:")
                                                                    || l.startsWith("dpkg: error"))
                                            .findFirst()
                                            .orElse("see its last words");
                };
        throw RunbookFailure.person(CODE, host(), why, ended.words.toArray(String[]::new));
    }

    private String must(Command command, String what) {
        CommandResult result = connection.run(command);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    CODE,
                    host(),
                    "the job that installs packages could not be " + what,
                    result.err());
        }
        return result.out();
    }

    private String host() {
        return connection.host().name();
    }

    private record Ended(int exit, List<String> packages, List<String> words) {}
}
