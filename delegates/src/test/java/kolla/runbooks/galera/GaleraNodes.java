package kolla.runbooks.galera;

import java.util.Optional;

/** Nodes for tests. */
final class GaleraNodes {

    static final String UUID = "11111111-aaaa-11ef-9c00-000000000001";
    static final String OTHER = "22222222-bbbb-11ef-9c00-000000000002";
    static final String RUN = "run-1";

    private GaleraNodes() {}

    static WsrepStatus wsrep(String state, int size, long view, String uuid) {
        return new WsrepStatus("Primary", state, size, uuid, view, true, true);
    }

    static GaleraNode.Read empty(String host) {
        return node(host, false, Optional.empty(), false, Optional.empty());
    }

    static GaleraNode.Read stopped(String host) {
        return node(host, true, Optional.empty(), false, Optional.empty());
    }

    static GaleraNode.Read starting(String host) {
        return node(host, true, Optional.empty(), true, Optional.empty());
    }

    static GaleraNode.Read synced(String host, int size) {
        return node(
                host, true, Optional.empty(), true, Optional.of(wsrep("Synced", size, 7, UUID)));
    }

    static GaleraNode.Read member(String host, int size, String state) {
        return node(host, true, Optional.empty(), true, Optional.of(wsrep(state, size, 7, UUID)));
    }

    static GaleraNode.Read marked(String host, boolean data, boolean complete, String run) {
        return node(
                host, data, Optional.of(new BootstrapMark(run, complete)), false, Optional.empty());
    }

    static GaleraNode.Read node(
            String host,
            boolean data,
            Optional<BootstrapMark> mark,
            boolean running,
            Optional<WsrepStatus> wsrep) {
        return new GaleraNode.Read(
                host,
                data,
                data && mark.isEmpty() ? Optional.of(UUID) : Optional.empty(),
                mark,
                false,
                running,
                false,
                !running,
                false,
                wsrep,
                0);
    }

    static GaleraNode.Read changed(GaleraNode.Read n) {
        return with(n, n.flagged(), true);
    }

    static GaleraNode.Read flagged(GaleraNode.Read n) {
        return with(n, true, true);
    }

    static GaleraNode.Read besideDiffers(GaleraNode.Read n) {
        return new GaleraNode.Read(
                n.host(),
                n.data(),
                n.savedUuid(),
                n.mark(),
                n.jobLeft(),
                n.running(),
                n.flagged(),
                n.differs(),
                true,
                n.wsrep(),
                n.dataBytes());
    }

    private static GaleraNode.Read with(GaleraNode.Read n, boolean flagged, boolean differs) {
        return new GaleraNode.Read(
                n.host(),
                n.data(),
                n.savedUuid(),
                n.mark(),
                n.jobLeft(),
                n.running(),
                flagged,
                differs,
                n.sidecars(),
                n.wsrep(),
                n.dataBytes());
    }
}
