package kolla.runbooks.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a host's {@code /etc/hosts} has to say so that every host of the cluster is found by its
 * name there. Pure.
 *
 * <table>
 *   <caption>By name and host</caption>
 *   <tr><th>seen</th><th>decided</th></tr>
 *   <tr><td>a line of others has the right address and no other</td><td>nothing</td></tr>
 *   <tr><td>a line of others has another address</td><td>refused: it is not ours</td></tr>
 *   <tr><td>a loopback address is called so</td><td>the name is taken off it; then as below</td></tr>
 *   <tr><td>our block has it</td><td>it stays there, with the right address</td></tr>
 *   <tr><td>no line has it; it does not resolve, or to a loopback address, or to the right one from
 *   elsewhere (DNS)</td><td>it joins our block: the cluster has to form without DNS too</td></tr>
 *   <tr><td>another address from elsewhere (DNS)</td><td>refused: whose is right is not known
 *   here</td></tr>
 * </table>
 *
 * <p>What our block says of hosts that the inventory no longer has, or has elsewhere, goes.
 */
final class NamesDecision {

    static final String CODE = "KR-PREPARE-006";

    private final Wanted wanted;
    private final HostSight seen;
    private final HostsFile file;
    private final Map<String, String> block = new TreeMap<>();
    private final List<String> loosened = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private NamesDecision(Wanted wanted, HostSight seen) {
        this.wanted = wanted;
        this.seen = seen;
        this.file = new HostsFile(seen.hosts(), wanted.cluster());
    }

    static NamesDecision of(Wanted wanted, HostSight seen) {
        NamesDecision decision = new NamesDecision(wanted, seen);
        if (decision.file.closed()) {
            decision.keepWhatIsKnown();
            wanted.addresses().forEach(decision::decide);
        } else {
            decision.refuse(
                    "the block of cluster "
                            + wanted.cluster()
                            + " has no end line; put"
                            + " the END line back or take the BEGIN line away");
        }
        return decision;
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    Optional<Change.Names> change() {
        boolean same = block.equals(file.own()) && loosened.isEmpty();
        return same || !refusals.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Change.Names(
                                seen.host(),
                                PreparationPlan.digest(seen.hosts()),
                                block,
                                loosened));
    }

    private void keepWhatIsKnown() {
        file.own()
                .forEach(
                        (name, address) -> {
                            if (address.equals(wanted.known().get(name))) {
                                block.put(name, address);
                            }
                        });
    }

    private void decide(String name, String right) {
        List<String> wrong = file.others(name).stream().filter(a -> !a.equals(right)).toList();
        if (!wrong.isEmpty()) {
            refuse(
                    "a line of others calls "
                            + String.join(" and ", wrong)
                            + " "
                            + name
                            + ", which is "
                            + right
                            + " in the inventory; correct that line");
            return;
        }
        boolean onLoopback = file.onLoopback(name);
        if (onLoopback) {
            loosened.add(name);
        }
        boolean named = !file.others(name).isEmpty();
        if (file.own().containsKey(name)) {
            block.put(name, right);
        } else if (!named) {
            fromElsewhere(name, right, onLoopback);
        }
    }

    private void fromElsewhere(String name, String right, boolean onLoopback) {
        String now = seen.resolved().getOrDefault(name, "");
        boolean elsewhere = !onLoopback && !now.isEmpty() && !now.startsWith("127.");
        if (!elsewhere || now.equals(right)) {
            block.put(name, right);
        } else {
            refusals.add(
                    new Refusal(
                            CODE,
                            seen.host(),
                            name
                                    + " resolves to "
                                    + now
                                    + " there, which no line of /etc/hosts says, so from DNS or the"
                                    + " like; the inventory says "
                                    + right
                                    + ". Correct whichever is wrong"));
        }
    }

    private void refuse(String what) {
        refusals.add(new Refusal(CODE, seen.host(), "/etc/hosts: " + what));
    }
}
