package kolla.runbooks.app.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;

/** How the engine is set up, in one place. */
final class EnginePlugin extends AbstractProcessEnginePlugin {

    /** Ids of users and groups as they are in use: {@code svc-ticket}, {@code ann.lee}. */
    private static final String IDS = "[A-Za-z0-9][A-Za-z0-9._@-]*";

    private final Program program;
    private final StepExecutor executor;
    private final Optional<NamedInDiagrams> named;

    /**
     * @param program has joined before the engine is built, so that a second program of the same
     *     name never gets that far
     */
    EnginePlugin(Program program, StepExecutor executor, Optional<NamedInDiagrams> named) {
        this.program = program;
        this.executor = executor;
        this.named = named;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        jobs(engine);
        history(engine);
        hardening(engine);
        // Replaces the expression manager that Spring has set already, which resolves every bean.
        named.map(objects -> new JuelExpressionManager(new HashMap<>(objects.beans())))
                .ifPresent(engine::setExpressionManager);
        engine.setCustomPostBPMNParseListeners(withOurs(engine));
        engine.setGeneralResourceWhitelistPattern(IDS);
        // In the job log and the metrics it stands which program it was.
        engine.setHostname(program.get().node());
        // An error that no boundary event catches must not end its path in silence.
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
    }

    private static List<BpmnParseListener> withOurs(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> all = new ArrayList<>();
        if (engine.getCustomPostBPMNParseListeners() != null) {
            all.addAll(engine.getCustomPostBPMNParseListeners());
        }
        all.add(new EndOfEveryRun());
        return all;
    }

    private void jobs(ProcessEngineConfigurationImpl engine) {
        engine.setJobExecutor(executor);
        engine.setJobExecutorActivate(false);
        engine.setJobExecutorDeploymentAware(false);
        engine.setFailedJobCommandFactory(new StepFailurePolicy(executor));
        engine.setFailedJobRetryTimeCycle(StepFailurePolicy.RETRY_CYCLE);
        engine.setDefaultNumberOfRetries(3);
    }

    private static void history(ProcessEngineConfigurationImpl engine) {
        engine.setHistory("full");
        engine.setHistoryTimeToLive("P180D");
        engine.setEnforceHistoryTimeToLive(true);
        engine.setHistoryCleanupBatchWindowStartTime("02:00");
        engine.setHistoryCleanupBatchWindowEndTime("04:00");
    }

    private static void hardening(ProcessEngineConfigurationImpl engine) {
        engine.setAuthorizationEnabled(true);
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableExpressionsInStoredQueries(false);
        engine.setScriptEngineResolver(new NoScripts());
        engine.setEnableScriptEngineLoadExternalResources(false);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setDefaultSerializationFormat("application/json");
    }
}
