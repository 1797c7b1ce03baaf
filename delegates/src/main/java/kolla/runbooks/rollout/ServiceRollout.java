package kolla.runbooks.rollout;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.inventory.Host;

/**
 * How one kind of service is brought to what the plan says. Each method observes first and does
 * only what is still needed, so a step that runs again after a crash finds its work done.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface ServiceRollout {

    /** The {@code kind} in {@code service.yml} that this is for. */
    String kind();

    /**
     * The order of the hosts: batches go one after another, the hosts of a batch side by side.
     * Hosts where nothing is to be done are left out; an empty list means that the service is as it
     * should be. Called once, before the first host, and refuses what must not be begun.
     */
    List<List<Host>> batches(RolloutContext context);

    /**
     * Looks, changes nothing: sentences for the plan about what will happen besides files and
     * containers ("no host has data: bootstraps Galera on ctl1, then joins ctl2 and ctl3"). Refuses
     * with a {@link kolla.runbooks.failure.RunbookFailure} what must not be begun. Deterministic
     * for the same state, because it is part of what the approver signs.
     */
    default List<String> preview(RolloutContext context) {
        return List.of();
    }

    /**
     * Looks, changes nothing: what whoever reads the plan should know though nothing will be done
     * about it. It alone makes no plan.
     */
    default List<String> warnings(RolloutContext context) {
        return List.of();
    }

    /**
     * Before the first batch: what the cluster needs once, for example database accounts. {@code
     * batches} may be empty.
     */
    void prepare(RolloutContext context, List<List<Host>> batches);

    /** Brings one host to what it should be and waits until it serves again. */
    void converge(RolloutContext context, Host host);

    /**
     * Takes the service on this host away: its clients are moved to the other hosts first, and
     * afterwards none of its containers runs here. The others have to be able to do without it;
     * where they are not, it refuses.
     */
    void takeOut(RolloutContext context, Host host);

    /** How {@link #takeOut} goes about it, for the plan: completes "the service …". */
    default String takingOut() {
        return "is stopped";
    }

    /** Of so many hosts, how many have to be left for the service to go on. */
    default int needed(int members) {
        return 1;
    }

    /**
     * Looks, changes nothing: a sentence for each way in which members still count on a host that
     * is said to be gone; empty when it is gone for all of them, as far as they can tell.
     *
     * @param others about the service on the other hosts
     */
    default List<String> countingOn(RolloutContext others, Host gone) {
        return List.of();
    }

    /**
     * From now on the hosts of the context are the members of the service, and nobody else. Who
     * left is forgotten: it is gone or stopped, and afterwards it could not come back as a member
     * by itself. Before a host joins, it is let in.
     *
     * @param members about the service as it will be
     * @param left the host that is a member no more; it may be a new machine of the same name
     * @throws kolla.runbooks.failure.RunbookFailure when whoever should be forgotten still runs
     */
    default void reckonWith(RolloutContext members, Optional<Host> left) {}

    /** Puts copies of what members keep several times on a host that has just joined. */
    default void spread(RolloutContext members, Host joined) {}

    /** Looks, changes nothing: where members still name a host that has left. */
    default List<Finding> traces(RolloutContext members, Host left) {
        return List.of();
    }

    /** After the last batch: what needs the whole service, for example endpoints. */
    void finish(RolloutContext context);

    /**
     * Looks, changes nothing: what is wrong with the service now, empty when it is highly
     * available.
     */
    List<Finding> verify(RolloutContext context);
}
