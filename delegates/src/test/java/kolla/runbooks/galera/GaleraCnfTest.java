package kolla.runbooks.galera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaleraCnfTest {

    private static final String CNF =
            """
            [mysqld]
            wsrep_cluster_address = gcomm://10.0.0.1:4567,10.0.0.2:4567
            innodb_flush_log_at_trx_commit = 0
            wsrep_provider_options = gcache.size=1G;evs.suspect_timeout=PT5S
            [server]
            pid_file = /var/lib/mysql/mariadb.pid
            """;

    @Test
    void whatIsForOneStartWinsAndIsTakenBackToTheLetter() {
        String flagged = GaleraCnf.forOneStart(CNF, List.of(GaleraCnf.bootstrapAddress()));

        assertThat(GaleraCnf.bootstraps(flagged)).isTrue();
        assertThat(flagged).startsWith(CNF);
        assertThat(GaleraCnf.plain(flagged)).isEqualTo(CNF);
        assertThat(GaleraCnf.bootstraps(CNF)).isFalse();
    }

    @Test
    void settingsForOneStartAreReplacedAndNeverPileUp() {
        String once = GaleraCnf.forOneStart(CNF, List.of(GaleraCnf.bootstrapAddress()));
        String twice = GaleraCnf.forOneStart(once, List.of("wsrep_sst_donor = ctl2,"));

        assertThat(GaleraCnf.bootstraps(twice)).isFalse();
        assertThat(twice)
                .containsOnlyOnce("for one start only")
                .contains("[mysqld]\nwsrep_sst_donor");
        assertThat(GaleraCnf.plain(twice)).isEqualTo(CNF);
    }

    @Test
    void aFileWithoutAnEndOfLineComesBackWithOne() {
        String flagged = GaleraCnf.forOneStart("[mysqld]", List.of("a = b"));

        assertThat(GaleraCnf.plain(flagged)).isEqualTo("[mysqld]\n");
    }

    @ParameterizedTest
    @CsvSource({
        "wsrep_cluster_address=gcomm://, true",
        "wsrep_cluster_address = 'gcomm://', true",
        "wsrep-cluster-address = \"gcomm://\", true",
        "wsrep_cluster_address = gcomm://10.0.0.1, false",
        "wsrep_provider_options = gcache.size=1G;pc.bootstrap=yes, true",
        "wsrep_provider_options = pc.bootstrap = true;gcache.size=1G, true",
        "# wsrep_cluster_address = gcomm://, false",
        "port = 3306, false"
    })
    void knowsWhatWouldBootstrap(String line, boolean bootstraps) {
        assertThat(GaleraCnf.bootstraps("[mysqld]\n" + line + "\n")).isEqualTo(bootstraps);
    }

    @Test
    void readsTheFlushSettingAndKnowsItsDefault() {
        assertThat(GaleraCnf.flush(CNF)).isZero();
        assertThat(GaleraCnf.flush("[mysqld]\n")).isOne();
    }
}
