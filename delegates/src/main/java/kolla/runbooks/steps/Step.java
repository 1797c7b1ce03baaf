package kolla.runbooks.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A service task of a runbook: opens the step's journal, does the step, and writes into the run's
 * log how it went. What it throws becomes the incident's message. Stateless; many threads run it.
 */
abstract class Step implements JavaDelegate {

    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final StepEnvironment environment;

    Step(StepEnvironment environment) {
        this.environment = environment;
    }

    /** The step's work: observe, decide, act, verify. */
    abstract void act(StepCall call);

    /** Whether the step writes under the lease; the steps before the lease is taken do not. */
    boolean fenced() {
        return true;
    }

    StepEnvironment environment() {
        return environment;
    }

    @Override
    public final void execute(DelegateExecution execution) {
        RunId run = new RunId((String) execution.getVariable(Variable.RUN_ID));
        Instant begun = environment.clock().instant();
        boolean succeeded = false;
        try (MDC.MDCCloseable ignored = MDC.putCloseable("run", run.value())) {
            LOG.info("run {} step {} begins", run, name(execution));
            Run asked = asked(run);
            Journal journal = open(execution, asked);
            try {
                StepCall call = new StepCall(environment, execution, asked, journal);
                Members.guard(call);
                act(call);
                succeeded = true;
            } catch (RunbookFailure failure) {
                report(journal, failure);
                throw failure;
            } catch (DefinitionException gaps) {
                RunbookFailure failure = definitionGaps(gaps);
                report(journal, failure);
                throw failure;
            }
        } finally {
            Duration took = Duration.between(begun, environment.clock().instant());
            LOG.info(
                    "run {} step {} {} after {} ms",
                    run,
                    name(execution),
                    succeeded ? "done" : "failed",
                    took.toMillis());
        }
    }

    /** The run as it was registered: variables can be edited by whoever may, this cannot. */
    private Run asked(RunId run) {
        return environment
                .runs()
                .find(run)
                .orElseThrow(
                        () -> new IllegalStateException("run " + run + " was never registered"));
    }

    private Journal open(DelegateExecution execution, Run run) {
        Collection<String> secrets = secrets(environment, run.cluster());
        return fenced()
                ? environment.journals().open(run.id(), name(execution), secrets)
                : environment.journals().unfenced(run.id(), name(execution), secrets);
    }

    /** Without a readable definition there are no secrets to give away either. */
    static Collection<String> secrets(StepEnvironment environment, String cluster) {
        try {
            return environment.cluster(cluster).passwords().secrets();
        } catch (DefinitionException | IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    static void report(Journal journal, RunbookFailure failure) {
        String host = failure.host().orElse(ActionId.CLUSTER);
        journal.warn(host, failure.headline());
        failure.evidence().stream()
                .flatMap(String::lines)
                .forEach(line -> journal.warn(host, "  " + line));
        for (Throwable other : failure.getSuppressed()) {
            if (other instanceof RunbookFailure also) {
                report(journal, also);
            }
        }
    }

    private static RunbookFailure definitionGaps(DefinitionException gaps) {
        return RunbookFailure.person(
                "KR-DEFINITION-001",
                "the cluster's definition has "
                        + gaps.gaps().size()
                        + " problem(s); the first: "
                        + gaps.gaps().stream().findFirst().map(Object::toString).orElse("unknown"),
                gaps.gaps().stream().map(Object::toString).toList());
    }

    /** The activity, with the service it works on. */
    private static String name(DelegateExecution execution) {
        String service = service(execution);
        return execution.getCurrentActivityId() + (service.isEmpty() ? "" : "/" + service);
    }

    private static String service(DelegateExecution execution) {
        Object service = execution.getVariable(Variable.SERVICE);
        return service == null ? "" : service.toString();
    }
}
