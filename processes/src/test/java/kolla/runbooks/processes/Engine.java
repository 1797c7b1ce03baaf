package kolla.runbooks.processes;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables.SerializationDataFormats;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageInMemProcessEngineConfiguration;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;

/** The engine as the program configures it, in memory, its jobs run by the tests themselves. */
final class Engine {

    private Engine() {}

    /**
     * Counts which nodes of the diagrams the tests have passed.
     *
     * @param database a name of its own for each test class: their engines live side by side
     */
    static ProcessEngineConfigurationImpl countingCoverage(StandIns steps, String database) {
        return configured(new ProcessCoverageInMemProcessEngineConfiguration(), steps, database);
    }

    /** Counts nothing, so that any thread may drive it. */
    static ProcessEngineConfigurationImpl plain(StandIns steps, String database) {
        return configured(new StandaloneInMemProcessEngineConfiguration(), steps, database);
    }

    private static ProcessEngineConfigurationImpl configured(
            ProcessEngineConfigurationImpl configuration, StandIns steps, String database) {
        configuration.setProcessEngineName(database);
        configuration.setJdbcUrl("jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=1000");
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setJobExecutorActivate(false);
        configuration.setDefaultSerializationFormat(SerializationDataFormats.JSON.getName());
        configuration.getProcessEnginePlugins().addAll(List.of(new SpinProcessEnginePlugin()));
        configuration.setBeans(steps.beans());
        // A failed check is an incident at once; how often a lost connection is tried again is the
        // program's to say, not the diagram's.
        configuration.setDefaultNumberOfRetries(1);
        return configuration;
    }
}
