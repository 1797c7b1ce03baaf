package kolla.runbooks.app.runs;

import java.util.List;
import kolla.runbooks.journal.Run;

/**
 * A run with what the engine says about it at this moment.
 *
 * @param steps where it is; empty once it ended
 * @param failures the open incidents, in called processes too
 */
public record RunStatus(
        Run run, RunState state, List<CurrentStep> steps, List<StepFailure> failures) {}
