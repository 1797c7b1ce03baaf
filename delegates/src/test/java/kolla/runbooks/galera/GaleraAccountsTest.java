package kolla.runbooks.galera;

import static kolla.runbooks.rollout.Samples.CTL1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.catalog.DatabaseAccount;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server with one account of a service, whose password changes in the definition. */
class GaleraAccountsTest {

    private static final DatabaseAccount ACCOUNT =
            new DatabaseAccount("placement", "placement", "placement_database_password");
    private static final Pattern HASH = Pattern.compile("'(\\*[0-9A-F]{40})'");
    private static final Pattern PLAIN = Pattern.compile("IDENTIFIED BY '([^']*)'");
    private static final String SYNCED =
            """
            wsrep_cluster_status\tPrimary
            wsrep_local_state_comment\tSynced
            wsrep_cluster_size\t1
            wsrep_cluster_conf_id\t1
            wsrep_cluster_state_uuid\t11111111-aaaa-11ef-9c00-000000000001
            wsrep_ready\tON
            wsrep_connected\tON
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final FakeJournal journal = new FakeJournal();
    private final GaleraAccounts accounts = new GaleraAccounts();
    private final List<String> hashes = new ArrayList<>();
    private final Set<String> granted = new HashSet<>();
    private String plugin = "mysql_native_password";
    private boolean blind;

    @BeforeEach
    void aSyncedNode() {
        cluster.engine(CTL1)
                .create(Samples.service("mariadb", "", 3306, CTL1).on(CTL1).get(0).spec());
        cluster.engine(CTL1).start("mariadb");
        cluster.engine(CTL1)
                .execs(
                        (container, argv, env) ->
                                Optional.of(
                                        sql(
                                                env.get("KR_USER"),
                                                env.get("MYSQL_PWD"),
                                                env.get("KR_SQL"))));
    }

    @Test
    void anAccountThatIsNewHasOnePassword() {
        assertThat(accounts.preview(context("first"), ACCOUNT)).isEmpty();
        assertThat(accounts.ensure(context("first"), ACCOUNT)).isTrue();
        assertThat(accounts.settle(context("first"), ACCOUNT)).isFalse();

        assertThat(hashes).containsExactly(AccountLogin.hash("first"));
        assertThat(journal.done()).containsExactly("ctl1 account placement of schema placement");
    }

    @Test
    void aChangedPasswordIsTakenBesideTheOldOneUntilTheLastHost() {
        accounts.ensure(context("first"), ACCOUNT);

        assertThat(accounts.preview(context("second"), ACCOUNT))
                .containsExactly(
                        "placement_database_password has changed: the database account placement"
                                + " takes both passwords until the last host has the new one");
        assertThat(accounts.ensure(context("second"), ACCOUNT)).isTrue();
        assertThat(takes("first")).isTrue();
        assertThat(takes("second")).isTrue();

        assertThat(accounts.settle(context("second"), ACCOUNT)).isTrue();
        assertThat(takes("first")).isFalse();
        assertThat(takes("second")).isTrue();
        assertThat(accounts.preview(context("second"), ACCOUNT)).isEmpty();
    }

    @Test
    void preparedTwiceItForgetsNothing() {
        accounts.ensure(context("first"), ACCOUNT);
        accounts.ensure(context("second"), ACCOUNT);

        assertThat(accounts.ensure(context("second"), ACCOUNT)).isFalse();

        assertThat(takes("first")).isTrue();
        assertThat(accounts.preview(context("second"), ACCOUNT))
                .containsExactly(
                        "the database account placement takes an earlier password too; that ends"
                                + " with its last host");
    }

    @Test
    void aRightThatIsMissingIsGivenWithoutForgettingAPassword() {
        accounts.ensure(context("first"), ACCOUNT);
        accounts.ensure(context("second"), ACCOUNT);
        granted.clear();

        assertThat(accounts.ensure(context("second"), ACCOUNT)).isTrue();

        assertThat(granted).containsExactly("placement");
        assertThat(takes("first")).isTrue();
    }

    @Test
    void aSecondChangeBeforeTheLastHostTakesThree() {
        accounts.ensure(context("first"), ACCOUNT);
        accounts.ensure(context("second"), ACCOUNT);

        accounts.ensure(context("third"), ACCOUNT);

        assertThat(List.of("first", "second", "third")).allMatch(this::takes);
    }

    @Test
    void thePasswordThatIsPutBackNeedsNoChange() {
        accounts.ensure(context("first"), ACCOUNT);
        accounts.ensure(context("second"), ACCOUNT);

        assertThat(accounts.ensure(context("first"), ACCOUNT)).isFalse();
        accounts.settle(context("first"), ACCOUNT);

        assertThat(hashes).containsExactly(AccountLogin.hash("first"));
    }

    @Test
    void anAccountOfAnotherKindIsRefusedInThePlan() {
        accounts.ensure(context("first"), ACCOUNT);
        plugin = "ed25519";

        assertThatThrownBy(() -> accounts.preview(context("second"), ACCOUNT))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-GALERA-008")
                .hasMessageContaining("placement_database_password");
    }

    @Test
    void anAccountOfAnotherKindThatLogsInIsLeftAlone() {
        accounts.ensure(context("first"), ACCOUNT);
        plugin = "ed25519";

        assertThat(accounts.preview(context("first"), ACCOUNT)).isEmpty();
    }

    /** Else the old password would end before the first host has the new one. */
    @Test
    void aLookThatFailsIsNoProofThatThereIsNoAccount() {
        accounts.ensure(context("first"), ACCOUNT);
        blind = true;

        assertThatThrownBy(() -> accounts.ensure(context("second"), ACCOUNT))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("could not be read how");
        assertThat(takes("first")).isTrue();
    }

    private boolean takes(String password) {
        return hashes.contains(AccountLogin.hash(password));
    }

    private ExecResult sql(String user, String password, String text) {
        if (text.equals(WsrepStatus.QUERY)) {
            return new ExecResult(0, SYNCED, "");
        }
        if (user.equals("placement")) {
            return takes(password) && granted.contains(user) ? done("1") : denied();
        }
        if (text.startsWith("SHOW CREATE USER")) {
            return hashes.isEmpty() || blind
                    ? denied()
                    : done(
                            "CREATE USER `placement`@`%` IDENTIFIED VIA "
                                    + String.join(
                                            " OR ",
                                            hashes.stream()
                                                    .map(h -> plugin + " USING '" + h + "'")
                                                    .toList()));
        }
        if (text.startsWith("SELECT Host FROM mysql.global_priv")) {
            return done(hashes.isEmpty() ? "" : "%");
        }
        Matcher plain = PLAIN.matcher(text);
        if (plain.find()) {
            hashes.clear();
            hashes.add(AccountLogin.hash(plain.group(1)));
        } else if (text.contains("ALTER USER")) {
            hashes.clear();
            HASH.matcher(text).results().forEach(m -> hashes.add(m.group(1)));
        }
        if (text.contains("GRANT ALL PRIVILEGES ON `placement`.* TO 'placement'@'%'")) {
            granted.add("placement");
        }
        return done("");
    }

    private static ExecResult done(String out) {
        return new ExecResult(0, out, "");
    }

    private static ExecResult denied() {
        return new ExecResult(1, "", "ERROR 1045 (28000): Access denied");
    }

    private RolloutContext context(String password) {
        DesiredService plain = Samples.service("mariadb", "", 3306, CTL1);
        DesiredService galera =
                new DesiredService(
                        plain.name(),
                        plain.title(),
                        "galera",
                        plain.after(),
                        plain.containers(),
                        plain.frontends(),
                        plain.bootstrap(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        plain.ports(),
                        plain.internalPorts(),
                        plain.settings(),
                        plain.upgrade());
        DesiredService placement = Samples.service("placement", "", 8778, CTL1);
        return new RolloutContext(
                Samples.deployment(
                        Map.of(
                                "placement_database_password",
                                password,
                                "database_password",
                                "root"),
                        galera,
                        placement),
                placement,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                journal);
    }
}
