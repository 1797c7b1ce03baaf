package kolla.runbooks.app.engine;

import java.util.Optional;
import javax.sql.DataSource;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.Outages;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import kolla.runbooks.journal.jdbc.DatabaseClock;
import kolla.runbooks.journal.jdbc.JdbcJournals;
import kolla.runbooks.journal.jdbc.JdbcLeases;
import kolla.runbooks.journal.jdbc.JdbcNodes;
import kolla.runbooks.journal.jdbc.JdbcOutages;
import kolla.runbooks.journal.jdbc.JdbcPlans;
import kolla.runbooks.journal.jdbc.JdbcProbes;
import kolla.runbooks.journal.jdbc.JdbcRuns;
import kolla.runbooks.journal.jdbc.JournalSchema;
import kolla.runbooks.journal.jdbc.OwnTransactions;
import kolla.runbooks.journal.probe.Probes;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/** The journal and the engine, wired to one database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
class EngineConfiguration {

    /** The two ways to the journal's tables. */
    record Ways(ConnectionSource own, ConnectionSource joined) {}

    @Bean
    NodeId nodeId(@Value("${runbooks.node-id:}") String configured) {
        return NodeId.of(configured);
    }

    /** Before the first session is opened. */
    @Bean
    static BeanPostProcessor sessionSettings(Environment environment) {
        return new SessionSettings(environment);
    }

    /**
     * @throws IllegalArgumentException when the engine's pool is too small for its threads
     */
    @Bean
    JournalPool journalPool(DataSource dataSource, EngineSettings settings) {
        settings.checkPool(dataSource);
        return JournalPool.beside(dataSource);
    }

    /** Held before the first table is made, the journal's or the engine's. */
    @Bean
    StartLock startLock(JournalPool pool) {
        return StartLock.take(pool.dataSource());
    }

    @Bean
    Ways ways(
            JournalPool pool,
            @SuppressWarnings("unused") StartLock held,
            DataSource dataSource,
            PlatformTransactionManager transactions) {
        JournalSchema.bringUp(dataSource);
        return new Ways(
                new OwnTransactions(pool.dataSource()),
                new SpringTransactions(dataSource, transactions));
    }

    @Bean
    DatabaseClock databaseClock(Ways ways) {
        return new DatabaseClock(ways.own());
    }

    @Bean
    Runs runs(Ways ways, DatabaseClock clock) {
        return new JdbcRuns(ways.joined(), clock);
    }

    @Bean
    Leases leases(Ways ways) {
        return new JdbcLeases(ways.own(), ways.joined());
    }

    @Bean
    Plans plans(Ways ways, DatabaseClock clock) {
        return new JdbcPlans(ways.joined(), clock);
    }

    @Bean
    Outages outages(Ways ways, DatabaseClock clock) {
        return new JdbcOutages(ways.own(), clock);
    }

    @Bean
    Probes probes(Ways ways, DatabaseClock clock) {
        return new JdbcProbes(ways.own(), ways.joined(), clock);
    }

    @Bean
    Journals journals(Ways ways, Program program) {
        return new JdbcJournals(ways.own(), program);
    }

    @Bean
    Nodes nodes(Ways ways) {
        return new JdbcNodes(ways.own());
    }

    @Bean(destroyMethod = "")
    StepExecutor stepExecutor(NodeId node, EngineSettings settings) {
        return new StepExecutor(node, settings.threads());
    }

    @Bean
    Program program(
            NodeId node, Nodes nodes, Ways ways, StepExecutor executor, EngineSettings settings) {
        EngineJobs jobs = new EngineJobs();
        DeadSessions sessions = new DeadSessions(ways.own());
        return new Program(
                        node,
                        nodes,
                        jobs,
                        executor,
                        new PeerWatch(nodes, jobs, sessions, settings.silence()),
                        new ForgottenJobs(node, executor, ways.own()),
                        settings)
                .join();
    }

    /** After the starter's own plug-ins, so that what stands here holds. */
    @Bean
    @Order
    EnginePlugin enginePlugin(
            Program program, StepExecutor executor, Optional<NamedInDiagrams> named) {
        return new EnginePlugin(program, executor, named);
    }

    @Bean
    RunbookDeployments runbookDeployments(RepositoryService repository) {
        return new RunbookDeployments(repository);
    }
}
