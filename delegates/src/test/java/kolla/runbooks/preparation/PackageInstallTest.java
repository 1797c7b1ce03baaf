package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeHost;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.Patience;
import org.junit.jupiter.api.Test;

class PackageInstallTest {

    private static final List<String> PACKAGES = List.of("docker.io", "iptables");
    private static final Host CTL4 =
            new Host(
                    "ctl4",
                    new Login("10.0.0.4", 22, "root", false, Optional.empty(), Optional.empty()),
                    Variables.NONE);

    private final FakeHost host = new FakeHost(CTL4);
    private final FakeJournal journal = new FakeJournal();
    private final Deque<String> looks = new ArrayDeque<>();
    private String installing = "docker.io iptables";

    @Test
    void aJobIsBegunAndWaitedFor() {
        seen("ended ", "running\nUnpacking", "running\nSetting up", "ended 0\n");

        assertThat(install()).isEqualTo("installed");

        assertThat(begun()).isEqualTo(1);
        assertThat(host.files()).containsKey(PackageInstall.FOLDER + "/install.sh");
        assertThat(looks).isEmpty();
    }

    @Test
    void theJobOfAnAttemptThatDiedIsWaitedForAndNotRepeated() {
        seen("running\nUnpacking", "running\nUnpacking", "ended 0\n");

        assertThat(install()).isEqualTo("installed");

        assertThat(begun()).isZero();
        assertThat(journal.lines()).anySatisfy(l -> assertThat(l).contains("earlier attempt"));
    }

    @Test
    void afterAJobForOtherPackagesOursIsBegun() {
        installing = "iptables";
        seen("running\n", "ended 0\n", "ended 0\n");

        install();

        assertThat(begun()).isEqualTo(1);
    }

    @Test
    void aLockOfSomebodyElseIsToldOnceAndItsHolderNamed() {
        String waiting =
                "running\nE: Could not get lock. It is held by process 77 (unattended-upgr)\n"
                        + "waiting: another process holds the lock of apt or dpkg";
        seen("ended ", waiting, waiting, "ended 0\n");

        install();

        assertThat(journal.lines().stream().filter(l -> l.contains("process 77"))).hasSize(1);
    }

    @Test
    void aLockThatIsNeverGivenUpIsAPersonsAffair() {
        seen("ended ", "ended 75\nE: Could not get lock");

        assertThatThrownBy(this::install)
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-PREPARE-008");
                            assertThat(f.remedy()).isEqualTo(RunbookFailure.Remedy.PERSON);
                            assertThat(f.sentence()).contains("600 s");
                        });
    }

    @Test
    void anEngineIsNotUpgradedOnTheWay() {
        seen("ended ", "ended 76\nInst containerd [1.6] (1.7 Debian)");

        assertThatThrownBy(this::install).hasMessageContaining("would upgrade the engine");
    }

    /** As Debian 13 says it. */
    @Test
    void theHolderIsNamedAsDpkgNamesIt() {
        seen(
                "ended ",
                "running\ndpkg: error: dpkg frontend lock was locked by /usr/bin/python3 process"
                        + " with pid 7709\nwaiting: another process holds the lock of apt or dpkg",
                "ended 0\n");

        install();

        assertThat(journal.lines()).anySatisfy(l -> assertThat(l).contains("pid 7709"));
    }

    @Test
    void theWordsOfAptAreInTheFailure() {
        seen("ended ", "ended 100\nE: Unable to locate package docker.io");

        assertThatThrownBy(this::install)
                .hasMessageContaining("Unable to locate package docker.io");
    }

    @Test
    void aJobThatTheHostsEndCutShortIsNoSuccess() {
        seen("ended ", "ended \nUnpacking");

        assertThatThrownBy(this::install).hasMessageContaining("cut short");
    }

    private String install() {
        Patience patience = new Patience(() -> Instant.EPOCH, () -> {});
        return new PackageInstall(host, patience, journal, Duration.ofMinutes(10))
                .install(PACKAGES);
    }

    private void seen(String... answers) {
        looks.addAll(List.of(answers));
        host.answers(
                command -> {
                    if (isLook(command)) {
                        return Optional.of(FakeHost.ok(looks.remove()));
                    }
                    if (command.argv().get(0).equals("cat")) {
                        return Optional.of(FakeHost.ok(installing + "\n"));
                    }
                    if (isBegin(command)) {
                        installing = String.join(" ", PACKAGES);
                        return Optional.of(new CommandResult(0, "begun", "", false));
                    }
                    return Optional.empty();
                });
    }

    private long begun() {
        return host.commands().stream().filter(PackageInstallTest::isBegin).count();
    }

    private static boolean isLook(Command command) {
        return command.input().contains("echo running");
    }

    private static boolean isBegin(Command command) {
        return command.input().contains("setsid");
    }
}
