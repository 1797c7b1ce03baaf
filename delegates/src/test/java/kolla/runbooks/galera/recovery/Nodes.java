package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.NodeEvidence.Server;

/** Evidence for tests. */
final class Nodes {

    static final String UUID = "11111111-aaaa-11ef-9c00-000000000001";
    static final String OTHER = "22222222-bbbb-11ef-9c00-000000000002";

    private Nodes() {}

    static NodeEvidence unread(String host) {
        return new NodeEvidence.Unread(host, address(host), "KR-HOST-001: not reachable");
    }

    static Read primary(String host, int size, long committed) {
        return live(host, status("Primary", "Synced", size, 7, UUID), committed);
    }

    static Read nonPrimary(String host, long committed) {
        return live(host, status("non-Primary", "Initialized", 1, -1, UUID), committed);
    }

    static Read live(String host, WsrepStatus wsrep, long committed) {
        return new Read(
                host,
                address(host),
                Server.RUNNING,
                "unless-stopped",
                Optional.of(new LiveNode(wsrep, committed, "10.11.19-MariaDB", List.of())),
                data(false, Optional.of(new Position(wsrep.uuid(), -1))),
                new Recovered.NotRun(),
                false,
                1,
                0);
    }

    static WsrepStatus status(String cluster, String state, int size, long view, String uuid) {
        boolean ready = cluster.equals("Primary") && state.equals("Synced");
        return new WsrepStatus(cluster, state, size, uuid, view, ready, true);
    }

    static Read stopped(String host, long seqno) {
        return stopped(host, UUID, seqno);
    }

    static Read stopped(String host, String uuid, long seqno) {
        return stopped(
                host,
                data(false, Optional.of(new Position(uuid, -1))),
                new Recovered.Found(new Position(uuid, seqno)));
    }

    static Read stopped(String host, DataDirectory data, Recovered recovered) {
        return new Read(
                host,
                address(host),
                Server.STOPPED,
                "unless-stopped",
                Optional.empty(),
                data,
                recovered,
                false,
                1,
                0);
    }

    /** Stopped, with data that went through a recovery which left a host behind. */
    static Read branched(String host, long seqno, String branch) {
        DataDirectory plain = data(false, Optional.of(new Position(UUID, -1)));
        return stopped(
                host,
                new DataDirectory(
                        true,
                        plain.bytes(),
                        plain.freeBytes(),
                        plain.age(),
                        plain.saved(),
                        false,
                        Optional.empty(),
                        branch,
                        List.of(),
                        false),
                new Recovered.Found(new Position(UUID, seqno)));
    }

    static Read silent(String host, boolean transfer) {
        return new Read(
                host,
                address(host),
                Server.RUNNING,
                "unless-stopped",
                Optional.empty(),
                broken(transfer),
                new Recovered.NotRun(),
                false,
                1,
                0);
    }

    static Read empty(String host) {
        return stopped(
                host,
                new DataDirectory(
                        false,
                        0,
                        10L << 30,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        "",
                        List.of(),
                        false),
                new Recovered.NotRun());
    }

    static Read unreadable(String host) {
        return stopped(
                host,
                data(false, Optional.of(new Position(UUID, -1))),
                new Recovered.Failed("ended with 1", List.of("InnoDB: corrupt")));
    }

    static Read transferBroken(String host, long seqno) {
        return stopped(host, broken(true), new Recovered.Found(new Position(UUID, seqno)));
    }

    static DataDirectory data(boolean safe, Optional<Position> saved) {
        return new DataDirectory(
                true,
                100L << 20,
                10L << 30,
                Optional.of(Duration.ofMinutes(3)),
                saved,
                safe,
                Optional.empty(),
                "",
                List.of(),
                false);
    }

    static DataDirectory broken(boolean transfer) {
        return new DataDirectory(
                true,
                100L << 20,
                10L << 30,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                "",
                List.of(),
                transfer);
    }

    static String address(String host) {
        return "172.16.0." + host.charAt(host.length() - 1);
    }
}
