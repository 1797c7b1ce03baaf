package kolla.runbooks.journal;

import java.util.List;
import java.util.Optional;

/** The runs, in tables of the engine's database; takes part in the caller's transaction. */
public interface Runs {

    /**
     * Writes a new run.
     *
     * @throws DuplicateTicketException when this runbook was already started for this ticket
     */
    void register(Run run);

    void attachProcessInstance(RunId run, String processInstance);

    Optional<Run> find(RunId run);

    Optional<Run> byTicket(String runbook, String ticket);

    Optional<Run> byProcessInstance(String processInstance);

    /** The newest first. */
    List<Run> list(Optional<String> cluster, int limit);

    /** Writes how the run ended; a second end of the same run changes nothing. */
    void end(RunId run, Run.Result result);
}
