package kolla.runbooks.galera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WsrepStatusTest {

    @Test
    void readsWhatTheClientPrints() {
        String table =
                """
                wsrep_local_state_comment\tSynced
                wsrep_cluster_conf_id\t18446744073709551615
                wsrep_cluster_size\t3
                wsrep_cluster_state_uuid\t11111111-aaaa-11ef-9c00-000000000001
                wsrep_cluster_status\tPrimary
                wsrep_connected\tON
                wsrep_ready\tON
                """;

        WsrepStatus status = WsrepStatus.parse(table).orElseThrow();

        assertThat(status.synced()).isTrue();
        assertThat(status.clusterSize()).isEqualTo(3);
        assertThat(status.view()).isEqualTo(-1);
    }

    @Test
    void isNoStatusWhenTheServerHasNoProvider() {
        assertThat(WsrepStatus.parse("")).isEmpty();
    }

    @Test
    void readsAnUnreadableMarkAsHalfMadeByAnUnknownRun() {
        assertThat(BootstrapMark.parse("made")).contains(new BootstrapMark("?", false));
        assertThat(BootstrapMark.parse(new BootstrapMark("r", true).text()))
                .contains(new BootstrapMark("r", true));
    }
}
