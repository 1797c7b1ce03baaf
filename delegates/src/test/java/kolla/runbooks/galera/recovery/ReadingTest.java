package kolla.runbooks.galera.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import org.junit.jupiter.api.Test;

/** What is made of what servers, jobs and disks print. */
class ReadingTest {

    private static final String STATUS =
            """
            wsrep_cluster_conf_id\t18446744073709551615
            wsrep_cluster_size\t1
            wsrep_cluster_state_uuid\t%s
            wsrep_cluster_status\tnon-Primary
            wsrep_connected\tON
            wsrep_local_state_comment\tInitialized
            wsrep_ready\tOFF
            wsrep_last_committed\t104
            version\t10.11.19-MariaDB-0+deb12u1-log
            """
                    .formatted(Nodes.UUID);

    @Test
    void aServerOutsideOfAPrimaryComponentIsRead() {
        LiveNode node = LiveNode.parse(STATUS + "kr_allowed\t10.0.0.1,10.0.0.2\n").orElseThrow();

        assertThat(node.wsrep().primary()).isFalse();
        assertThat(node.position()).isEqualTo(new Position(Nodes.UUID, 104));
        assertThat(node.allowed()).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(node.promotable()).isTrue();
    }

    @Test
    void aServerWithoutTheListOfAllowedAddressesIsNotTakenForASilentOne() {
        assertThat(LiveNode.parse(STATUS).orElseThrow().allowed()).isEmpty();
    }

    @Test
    void halfAnAnswerIsNone() {
        assertThat(LiveNode.parse("wsrep_cluster_status\tPrimary\n")).isEmpty();
        assertThat(LiveNode.parse("")).isEmpty();
    }

    @Test
    void versionsFrom112OnCannotBePromotedInPlace() {
        assertThat(promotable("11.1.6-MariaDB")).isTrue();
        assertThat(promotable("11.2.0-MariaDB")).isFalse();
        assertThat(promotable("11.4.5-MariaDB-deb12")).isFalse();
        assertThat(promotable("12.0.2-MariaDB")).isFalse();
        assertThat(promotable("strange")).isFalse();
    }

    private static boolean promotable(String version) {
        return LiveNode.parse(STATUS.replace("10.11.19-MariaDB-0+deb12u1-log", version))
                .orElseThrow()
                .promotable();
    }

    @Test
    void onePositionIsFoundWhereverItIsPrinted() {
        String line =
                "2026-03-01  3:00:00 0 [Note] WSREP: Recovered position: " + Nodes.UUID + ":137";

        assertThat(PositionJob.parse(new ExecResult(0, "", line + ",0-1-137\n")))
                .isEqualTo(new Recovered.Found(new Position(Nodes.UUID, 137)));
        assertThat(PositionJob.parse(new ExecResult(0, line + "\n", line + "\n")))
                .isEqualTo(new Recovered.Found(new Position(Nodes.UUID, 137)));
    }

    @Test
    void aBadEndNoPositionOrTwoAreNone() {
        String line = "WSREP: Recovered position: " + Nodes.UUID + ":";

        assertThat(PositionJob.parse(new ExecResult(1, "", line + "137")))
                .isInstanceOf(Recovered.Failed.class);
        assertThat(PositionJob.parse(new ExecResult(0, "", "InnoDB: done")))
                .isInstanceOf(Recovered.Failed.class);
        assertThat(PositionJob.parse(new ExecResult(0, "", line + "137\n" + line + "138")))
                .isInstanceOf(Recovered.Failed.class);
    }

    @Test
    void aNegativePositionIsReadAndKnownToBeNone() {
        Recovered recovered =
                PositionJob.parse(
                        new ExecResult(
                                0,
                                "",
                                "WSREP: Recovered position:"
                                        + " 00000000-0000-0000-0000-000000000000:-1"));

        assertThat(((Recovered.Found) recovered).position().known()).isFalse();
    }

    @Test
    void aDiskIsReadInOneLook() {
        DiskLook disk =
                DiskLook.parse(
                        """
                        clock 1000
                        present yes
                        kib 2048
                        freekib 2100
                        newest 880
                        uuid %s
                        seqno -1
                        safe 1
                        view 3 abc 18
                        cnf
                        [mysqld]
                        innodb_flush_log_at_trx_commit = 2
                        """
                                .formatted(Nodes.UUID));

        assertThat(disk.clock()).isEqualTo(1000);
        assertThat(disk.configuration()).startsWith("[mysqld]\ninnodb");
        DataDirectory data = disk.data();
        assertThat(data.present()).isTrue();
        assertThat(data.bytes()).isEqualTo(2L << 20);
        assertThat(data.age()).contains(Duration.ofMinutes(2));
        assertThat(data.saved()).contains(new Position(Nodes.UUID, -1));
        assertThat(data.safeToBootstrap()).isTrue();
        assertThat(data.savedView()).contains("3 abc 18");
        assertThat(data.transferBroken()).isFalse();
        assertThat(data.copyFits()).isFalse();
    }

    @Test
    void anEmptyDiskAndATornStateFileAreNothingToBelieve() {
        DataDirectory none = DiskLook.parse("clock 1000\n").data();
        assertThat(none.present()).isFalse();
        assertThat(none.saved()).isEmpty();
        DataDirectory torn = DiskLook.parse("clock 1\npresent yes\nuuid x\nseqno 9x\n").data();
        assertThat(torn.saved()).contains(new Position("x", -1));
        assertThat(DiskLook.parse("clock 1\ntransfer broken\n").data().transferBroken()).isTrue();
    }

    @Test
    void aWatchSeesAnOutageOnlyWhenItSawEnough() {
        assertThat(
                        Outage.of(
                                List.of(
                                        Nodes.primary("n1", 1, 5),
                                        Nodes.unread("n2"),
                                        Nodes.unread("n3"))))
                .isEqualTo(Outage.NONE);
        assertThat(
                        Outage.of(
                                List.of(
                                        Nodes.stopped("n1", 5),
                                        Nodes.unread("n2"),
                                        Nodes.unread("n3"))))
                .isEqualTo(Outage.UNKNOWN);
        assertThat(
                        Outage.of(
                                List.of(
                                        Nodes.stopped("n1", 5),
                                        Nodes.nonPrimary("n2", 5),
                                        Nodes.unread("n3"))))
                .isEqualTo(Outage.NO_PRIMARY);
        assertThat(Outage.of(List.of(Nodes.empty("n1"), Nodes.empty("n2"), Nodes.empty("n3"))))
                .isEqualTo(Outage.NONE);
    }
}
