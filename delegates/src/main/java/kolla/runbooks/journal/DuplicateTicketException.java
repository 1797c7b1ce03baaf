package kolla.runbooks.journal;

/** This runbook was already started for this ticket. */
public final class DuplicateTicketException extends RuntimeException {

    public DuplicateTicketException(String runbook, String ticket) {
        super("runbook " + runbook + " was already started for ticket \"" + ticket + "\"");
    }
}
