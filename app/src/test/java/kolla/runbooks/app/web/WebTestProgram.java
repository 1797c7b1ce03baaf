package kolla.runbooks.app.web;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import kolla.runbooks.journal.jdbc.DatabaseClock;
import kolla.runbooks.journal.jdbc.JdbcJournals;
import kolla.runbooks.journal.jdbc.JdbcLeases;
import kolla.runbooks.journal.jdbc.JdbcNodes;
import kolla.runbooks.journal.jdbc.JdbcPlans;
import kolla.runbooks.journal.jdbc.JdbcRuns;
import kolla.runbooks.journal.jdbc.JournalSchema;
import kolla.runbooks.journal.jdbc.OwnTransactions;
import kolla.runbooks.steps.StepEnvironment;
import kolla.runbooks.steps.Steps;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The web's packages with the shipped processes, the real journal and the real listeners; only what
 * touches hosts is played by the {@link Stage}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan({
    "kolla.runbooks.app.api",
    "kolla.runbooks.app.runs",
    "kolla.runbooks.app.security",
    "kolla.runbooks.app.metrics",
    "kolla.runbooks.app.cockpit"
})
public class WebTestProgram {

    @Bean
    Journal4Tests journal(DataSource dataSource) {
        return new Journal4Tests(dataSource);
    }

    /** The journal's parts on the engine's database. */
    static final class Journal4Tests {
        private final ConnectionSource own;
        private final ConnectionSource joined;
        private final Incarnation me;

        Journal4Tests(DataSource dataSource) {
            JournalSchema.bringUp(dataSource);
            own = new OwnTransactions(dataSource);
            joined = new SpringTransactions(dataSource);
            me = new JdbcNodes(own).join("web-test");
        }
    }

    /** Joins the engine's transaction. */
    record SpringTransactions(DataSource dataSource) implements ConnectionSource {
        @Override
        public <T> T inTransaction(Work<T> work) throws java.sql.SQLException {
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try {
                return work.on(connection);
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        }
    }

    @Bean
    Runs runs(Journal4Tests journal) {
        return new JdbcRuns(journal.joined, new DatabaseClock(journal.own));
    }

    @Bean
    Plans plans(Journal4Tests journal) {
        return new JdbcPlans(journal.joined, new DatabaseClock(journal.own));
    }

    @Bean
    Journals journals(Journal4Tests journal) {
        return new JdbcJournals(journal.own, () -> journal.me);
    }

    @Bean
    Leases leases(Journal4Tests journal) {
        return new JdbcLeases(journal.own, journal.joined);
    }

    @Bean
    Clusters clusters() {
        return new Clusters() {
            @Override
            public List<String> names() {
                return List.of("lab", "other");
            }

            @Override
            public Cluster read(String name) {
                throw new IllegalArgumentException("no definition in this test");
            }
        };
    }

    @Bean
    Stage stage(Runs runs, Journals journals, Plans plans) {
        return new Stage(runs, journals, plans);
    }

    /**
     * The beans that the BPMN names: the real listeners, and the stage's parts over the real steps.
     */
    @Bean
    InitializingBean steps(
            ConfigurableListableBeanFactory beans,
            Clusters clusters,
            Runs runs,
            Leases leases,
            Journals journals,
            Plans plans,
            Stage stage) {
        return () -> {
            StepEnvironment environment =
                    new StepEnvironment(
                            clusters,
                            cluster -> null,
                            null,
                            null,
                            null,
                            runs,
                            leases,
                            journals,
                            plans,
                            null,
                            Duration.ofHours(8),
                            kolla.runbooks.rollout.Patience.everySecond(),
                            (cluster, host, reachable) -> {});
            Map<String, Object> all = new HashMap<>(Steps.all(environment));
            all.putAll(stage.steps());
            all.forEach(beans::registerSingleton);
        };
    }
}
