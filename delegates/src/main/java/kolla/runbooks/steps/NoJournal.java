package kolla.runbooks.steps;

import java.util.List;
import java.util.function.Supplier;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For who looks outside of any run: there is nothing to write into, and nothing may be done. */
record NoJournal(String who) implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(NoJournal.class);

    @Override
    public RunId run() {
        throw new IllegalStateException(who + " belongs to no run");
    }

    @Override
    public String step() {
        return who;
    }

    @Override
    public String perform(String host, String action, String intent, Supplier<String> act) {
        throw new IllegalStateException(who + " may look, but not do \"" + action + "\"");
    }

    @Override
    public void log(String host, String text) {
        LOG.info("{} {}: {}", who, host, text);
    }

    @Override
    public void warn(String host, String text) {
        LOG.warn("{} {}: {}", who, host, text);
    }

    @Override
    public void evidence(String host, String name, String content) {
        LOG.debug("{} {} {}: {}", who, host, name, content);
    }

    @Override
    public List<Action> actions() {
        return List.of();
    }
}
