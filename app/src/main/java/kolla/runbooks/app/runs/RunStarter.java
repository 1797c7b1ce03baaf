package kolla.runbooks.app.runs;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.Failures;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.DuplicateTicketException;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/**
 * Starts a run, once for each runbook and ticket: whoever asks again gets the first one. Two who
 * ask at the same instant are told apart by the journal's unique index.
 */
@Component
public class RunStarter {

    private final Runbooks runbooks;
    private final Clusters clusters;
    private final Runs runs;
    private final RuntimeService runtime;

    RunStarter(Runbooks runbooks, Clusters clusters, Runs runs, RuntimeService runtime) {
        this.runbooks = runbooks;
        this.clusters = clusters;
        this.runs = runs;
        this.runtime = runtime;
    }

    /**
     * Starts as the person that the engine's authentication names.
     *
     * @throws ProblemException when a value is not valid, the cluster's name included, or the
     *     ticket was used for another cluster or with other parameters
     */
    public Started start(StartRequest request) {
        Runbook runbook = runbook(request.runbook());
        List<FieldError> errors = StartCheck.check(runbook, request, clusters.names());
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        Optional<Started> earlier = earlier(runbook, request);
        return earlier.isPresent() ? earlier.get() : startNew(runbook, request);
    }

    private Started startNew(Runbook runbook, StartRequest request) {
        try {
            String instance =
                    runtime.createProcessInstanceById(runbook.definition())
                            .businessKey(request.ticket())
                            .setVariables(StartCheck.variables(runbook, request))
                            .execute()
                            .getId();
            return new Started(
                    runs.byProcessInstance(instance)
                            .orElseThrow(() -> unregistered(runbook, instance)),
                    true);
        } catch (RuntimeException e) {
            if (Failures.causedBy(e, DuplicateTicketException.class)) {
                return earlier(runbook, request).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Optional<Started> earlier(Runbook runbook, StartRequest request) {
        Optional<Run> first = runs.byTicket(runbook.key(), request.ticket());
        first.filter(r -> !r.cluster().equals(request.cluster()))
                .ifPresent(
                        r -> {
                            throw otherCluster(r, request);
                        });
        first.filter(r -> !r.parameters().equals(StartCheck.canonical(runbook, request)))
                .ifPresent(
                        r -> {
                            throw otherParameters(r, runbook, request);
                        });
        return first.map(r -> new Started(r, false));
    }

    private Runbook runbook(String key) {
        return runbooks.find(key == null ? "" : key)
                .orElseThrow(
                        () -> {
                            List<String> keys = runbooks.all().stream().map(Runbook::key).toList();
                            return ProblemException.invalid(
                                    List.of(
                                            FieldError.of(
                                                    "runbook",
                                                    key,
                                                    "one of " + String.join(", ", keys))));
                        });
    }

    private static ProblemException otherCluster(Run first, StartRequest request) {
        return new ProblemException(
                ErrorCode.OTHER_CLUSTER,
                "Ticket \""
                        + request.ticket()
                        + "\" started "
                        + first.runbook()
                        + " on cluster \""
                        + first.cluster()
                        + "\" (run "
                        + first.id()
                        + "), so it cannot start it on \""
                        + request.cluster()
                        + "\"");
    }

    private static ProblemException otherParameters(
            Run first, Runbook runbook, StartRequest request) {
        return new ProblemException(
                ErrorCode.OTHER_PARAMETERS,
                "Ticket \""
                        + request.ticket()
                        + "\" started "
                        + first.runbook()
                        + " with the parameters "
                        + first.parameters()
                        + " (run "
                        + first.id()
                        + "), so it cannot start it with "
                        + StartCheck.canonical(runbook, request));
    }

    private static IllegalStateException unregistered(Runbook runbook, String instance) {
        return new IllegalStateException(
                "process "
                        + runbook.key()
                        + " started instance "
                        + instance
                        + " without registering a run: its start event lacks ${registerRun}");
    }
}
