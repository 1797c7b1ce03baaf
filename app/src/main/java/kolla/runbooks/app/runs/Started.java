package kolla.runbooks.app.runs;

import kolla.runbooks.journal.Run;

/**
 * What came of asking for a run.
 *
 * @param fresh whether this request made it; otherwise the ticket had made it before
 */
public record Started(Run run, boolean fresh) {}
