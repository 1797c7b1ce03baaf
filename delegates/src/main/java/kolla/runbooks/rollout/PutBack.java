package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.Host;

/**
 * A rollout whose servers are also put back into the load balancer when somebody took them out: a
 * person, or a run that was cancelled before it did. Everything else is the other's affair.
 */
public final class PutBack implements ServiceRollout {

    private final ServiceRollout rollout;
    private final Drainer drainer;

    public PutBack(ServiceRollout rollout, Drainer drainer) {
        this.rollout = rollout;
        this.drainer = drainer;
    }

    @Override
    public String kind() {
        return rollout.kind();
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<String> sentences = new ArrayList<>(rollout.preview(context));
        Set<String> out = drainer.takenOut(context);
        if (!out.isEmpty()) {
            sentences.add(
                    "puts "
                            + context.service().name()
                            + " on "
                            + String.join(", ", out)
                            + " back into the load balancer");
        }
        return sentences;
    }

    @Override
    public List<String> warnings(RolloutContext context) {
        return rollout.warnings(context);
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        List<List<Host>> batches = new ArrayList<>(rollout.batches(context));
        Set<String> out = drainer.takenOut(context);
        context.service().hosts().stream()
                .filter(h -> out.contains(h.name()))
                .filter(h -> batches.stream().noneMatch(b -> b.contains(h)))
                .forEach(h -> batches.add(List.of(h)));
        return batches;
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {
        rollout.prepare(context, batches);
    }

    @Override
    public void converge(RolloutContext context, Host host) {
        rollout.converge(context, host);
        if (drainer.takenOut(context).contains(host.name())) {
            drainer.undrain(context, host);
        }
    }

    @Override
    public void takeOut(RolloutContext context, Host host) {
        rollout.takeOut(context, host);
    }

    @Override
    public String takingOut() {
        return rollout.takingOut();
    }

    @Override
    public int needed(int members) {
        return rollout.needed(members);
    }

    @Override
    public List<String> countingOn(RolloutContext others, Host gone) {
        return rollout.countingOn(others, gone);
    }

    @Override
    public void reckonWith(RolloutContext members, Optional<Host> left) {
        rollout.reckonWith(members, left);
    }

    @Override
    public void spread(RolloutContext members, Host joined) {
        rollout.spread(members, joined);
    }

    @Override
    public List<Finding> traces(RolloutContext members, Host left) {
        return rollout.traces(members, left);
    }

    @Override
    public void finish(RolloutContext context) {
        rollout.finish(context);
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        return rollout.verify(context);
    }
}
