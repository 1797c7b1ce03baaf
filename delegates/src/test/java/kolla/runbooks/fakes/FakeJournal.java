package kolla.runbooks.fakes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.RunId;

/** A journal in memory. */
public final class FakeJournal implements Journal {

    private final List<Action> actions = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @Override
    public RunId run() {
        return new RunId("deploy-test");
    }

    @Override
    public String step() {
        return "test";
    }

    @Override
    public String perform(String host, String action, String intent, Supplier<String> act) {
        String outcome = act.get();
        synchronized (this) {
            actions.add(
                    new Action(
                            new ActionId(run(), step(), host, action),
                            intent,
                            Instant.EPOCH,
                            Action.State.DONE,
                            Optional.of(outcome),
                            Optional.of(Instant.EPOCH),
                            1));
        }
        return outcome;
    }

    @Override
    public synchronized void log(String host, String text) {
        lines.add(host + " " + text);
    }

    @Override
    public synchronized void warn(String host, String text) {
        lines.add(host + " WARN " + text);
    }

    @Override
    public void evidence(String host, String name, String content) {}

    @Override
    public synchronized List<Action> actions() {
        return List.copyOf(actions);
    }

    /** {@code ctl1 create keystone}, in order. */
    public synchronized List<String> done() {
        return actions.stream().map(a -> a.id().host() + " " + a.id().action()).toList();
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
