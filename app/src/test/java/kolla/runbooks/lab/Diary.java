package kolla.runbooks.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.RunId;

/** A journal that remembers the names of the actions, for parts that are tested without a run. */
final class Diary implements Journal {

    private final List<String> done = new ArrayList<>();

    /** What was done since it was asked last. */
    synchronized List<String> since() {
        List<String> actions = List.copyOf(done);
        done.clear();
        return actions;
    }

    @Override
    public RunId run() {
        return new RunId("test-0");
    }

    @Override
    public String step() {
        return "test";
    }

    @Override
    public synchronized String perform(
            String host, String action, String intent, Supplier<String> act) {
        String outcome = act.get();
        done.add(action);
        return outcome;
    }

    @Override
    public void log(String host, String text) {}

    @Override
    public void warn(String host, String text) {}

    @Override
    public void evidence(String host, String name, String content) {}

    @Override
    public List<Action> actions() {
        return List.of();
    }
}
