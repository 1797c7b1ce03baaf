package kolla.runbooks.keystone;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How fernet keys are rotated so that no token is refused, at any moment, whatever dies on the way.
 * Pure.
 *
 * <p>The key with the highest number signs; all keys read. Every host has the same set, the staged
 * key 0 included, which signs nothing yet. Three passes, each over every host before the next:
 *
 * <ol>
 *   <li><b>promote</b>: the staged key gets the next number too. A host that has it signs with it;
 *       one that has not reads that as its key 0
 *   <li><b>stage</b>: a new key takes the name 0. It is the same everywhere before anybody signs
 *       with it, which is after another rotation
 *   <li><b>drop</b>: the oldest keys go, those that no token needs ({@link KeyRetirement})
 * </ol>
 *
 * <p>Two passes never meet on one host at once: a request that lists the keys before the promotion
 * and opens key 0 after the staging would have neither name of the key that signs.
 *
 * <p>From the goal and what is seen {@link #next} tells what is still to be done. A rotation that
 * was cut short is therefore finished with the keys that it began with, and one that is complete is
 * not done again. A single host that was rotated by hand looks like a rotation cut short and is
 * finished in the same way.
 */
final class RotationDecisions {

    static final String NEEDED = "KR-KEYSTONE-005";
    private static final Pattern NAME = Pattern.compile("0|[1-9]\\d{0,8}");
    private static final String STAGED = "0";

    private RotationDecisions() {}

    static RotationDecision plan(List<FernetKeys> seen, TokenLife life, RotationWish wish) {
        Optional<RotationStep.Refuse> unread = unread(seen);
        if (unread.isPresent()) {
            return refuse(unread.get());
        }
        List<FernetKeys.Read> hosts = reads(seen);
        Map<String, String> union = new TreeMap<>();
        for (FernetKeys.Read host : hosts) {
            for (Map.Entry<String, String> key : host.digests().entrySet()) {
                String known = union.putIfAbsent(key.getKey(), key.getValue());
                boolean other = known != null && !known.equals(key.getValue());
                if (other && !key.getKey().equals(STAGED)) {
                    return refuse(different(hosts, "key " + key.getKey() + " is not the same"));
                }
                if (!NAME.matcher(key.getKey()).matches()) {
                    return refuse(different(hosts, "no key is called " + key.getKey()));
                }
            }
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        union.keySet().stream().map(Integer::valueOf).filter(n -> n > 0).forEach(numbers::add);
        if (numbers.isEmpty() || !union.containsKey(STAGED)) {
            return refuse(different(hosts, "there is nothing to rotate yet"));
        }
        return plan(hosts, union, numbers, life, wish);
    }

    private static RotationDecision plan(
            List<FernetKeys.Read> hosts,
            Map<String, String> union,
            NavigableSet<Integer> numbers,
            TokenLife life,
            RotationWish wish) {
        String last = KeyRetirement.name(numbers.last());
        boolean same = hosts.stream().allMatch(h -> h.digests().equals(union));
        boolean begun = !same || union.get(STAGED).equals(union.get(last));
        int primary = begun ? numbers.last() : numbers.last() + 1;
        String digest = begun ? union.get(last) : union.get(STAGED);
        Set<Integer> older = numbers.headSet(primary);
        String unknown = KeyRetirement.unknown(older, wish);
        if (!unknown.isEmpty()) {
            return new RotationDecision.Refuse(
                    NEEDED,
                    "dropKeys: "
                            + unknown
                            + " is no older key; those that can go are "
                            + older.stream().map(String::valueOf).collect(joining(", ")),
                    listing(hosts));
        }
        KeyRetirement retirement = KeyRetirement.decide(hosts, older, primary, life, wish);
        Map<String, String> keep = new TreeMap<>();
        Map<String, String> drop = new TreeMap<>();
        for (int key : older) {
            String name = KeyRetirement.name(key);
            (retirement.drop().contains(name) ? drop : keep).put(name, union.get(name));
        }
        // what may still be needed is judged below; for the state of the hosts it makes no matter
        RotationGoal reach = new RotationGoal(KeyRetirement.name(primary), digest, Map.of(), union);
        if (next(reach, List.copyOf(hosts)) instanceof RotationStep.Refuse refuse) {
            return refuse(refuse);
        }
        if (!retirement.needed().isEmpty()) {
            return new RotationDecision.Refuse(
                    NEEDED,
                    String.join("; ", retirement.needed())
                            + ". Wait until then, start with neededKeys = keep, or accept the loss"
                            + " of these tokens with dropKeys",
                    listing(hosts));
        }
        RotationGoal goal = new RotationGoal(KeyRetirement.name(primary), digest, keep, drop);
        return new RotationDecision.Rotate(goal, sentences(hosts, goal, begun, retirement));
    }

    private static List<String> sentences(
            List<FernetKeys.Read> hosts,
            RotationGoal goal,
            boolean begun,
            KeyRetirement retirement) {
        List<String> sentences = new ArrayList<>();
        if (begun) {
            sentences.add(
                    "a rotation to key "
                            + goal.primary()
                            + " was begun before and not finished: it is finished with its own"
                            + " keys, and no other is begun");
        }
        sentences.add(
                "the staged key (digest "
                        + FernetDecisions.shortly(goal.digest())
                        + ") becomes key "
                        + goal.primary()
                        + " and signs, host after host: "
                        + hosts.stream().map(FernetKeys::host).collect(joining(", "))
                        + "; every host can read what it signs already");
        sentences.add(
                "then a new key 0 is made and staged on every host; it signs nothing before the"
                        + " next rotation");
        sentences.addAll(retirement.sentences());
        if (!goal.keep().isEmpty()) {
            sentences.add("older keys that stay: " + String.join(", ", goal.keep().keySet()));
        }
        return sentences;
    }

    /** What is still to be done; in every pass all hosts before the next pass. */
    static RotationStep next(RotationGoal goal, List<FernetKeys> seen) {
        Optional<RotationStep.Refuse> unread = unread(seen);
        if (unread.isPresent()) {
            return unread.get();
        }
        List<FernetKeys.Read> hosts = reads(seen);
        Optional<String> strange =
                hosts.stream().flatMap(h -> strange(goal, h).stream()).findFirst();
        if (strange.isPresent()) {
            return different(hosts, strange.get());
        }
        List<RotationStep.Copy> copies =
                hosts.stream()
                        .filter(h -> !h.digests().containsKey(goal.primary()))
                        .map(h -> new RotationStep.Copy(h.host(), h.host(), STAGED))
                        .toList();
        if (!copies.isEmpty()) {
            return new RotationStep.Promote(copies);
        }
        List<FernetKeys.Read> staged = hosts.stream().filter(h -> !unstaged(goal, h)).toList();
        if (new HashSet<>(staged.stream().map(h -> h.digests().get(STAGED)).toList()).size() > 1) {
            return different(hosts, "the hosts have different staged keys");
        }
        if (staged.size() < hosts.size()) {
            return new RotationStep.Stage(
                    hosts.stream()
                            .filter(h -> unstaged(goal, h))
                            .map(FernetKeys.Read::host)
                            .toList(),
                    staged.stream().map(FernetKeys.Read::host).findFirst());
        }
        Map<String, Set<String>> drop = new TreeMap<>();
        for (FernetKeys.Read host : hosts) {
            Set<String> left = new TreeSet<>(goal.drop().keySet());
            left.retainAll(host.digests().keySet());
            if (!left.isEmpty()) {
                drop.put(host.host(), left);
            }
        }
        return drop.isEmpty() ? new RotationStep.Done() : new RotationStep.Drop(drop);
    }

    /** The key that was promoted still has its old name too, or no key has that name. */
    private static boolean unstaged(RotationGoal goal, FernetKeys.Read host) {
        String staged = host.digests().get(STAGED);
        return staged == null || staged.equals(goal.digest());
    }

    /** What cannot come from this rotation, in words. */
    private static Optional<String> strange(RotationGoal goal, FernetKeys.Read host) {
        for (Map.Entry<String, String> key : host.digests().entrySet()) {
            String name = key.getKey();
            Optional<String> right =
                    name.equals(goal.primary())
                            ? Optional.of(goal.digest())
                            : Optional.ofNullable(
                                    goal.keep().getOrDefault(name, goal.drop().get(name)));
            boolean free = name.equals(STAGED);
            if (!free && right.filter(key.getValue()::equals).isEmpty()) {
                return Optional.of("key " + name + " of " + host.host() + " is another one");
            }
        }
        for (String name : goal.keep().keySet()) {
            if (!host.digests().containsKey(name)) {
                return Optional.of(host.host() + " has no key " + name);
            }
        }
        boolean primary = host.digests().containsKey(goal.primary());
        if (!primary && !goal.digest().equals(host.digests().get(STAGED))) {
            return Optional.of(
                    host.host()
                            + " has neither staged nor as its key "
                            + goal.primary()
                            + " the key that is to sign");
        }
        return Optional.empty();
    }

    private static RotationStep.Refuse different(List<FernetKeys.Read> hosts, String what) {
        return new RotationStep.Refuse(
                FernetDecisions.DIFFERENT,
                "the fernet keys of the hosts are no set that can be rotated: " + what,
                listing(hosts));
    }

    private static Optional<RotationStep.Refuse> unread(List<FernetKeys> seen) {
        List<String> unread =
                seen.stream()
                        .filter(FernetKeys.Unread.class::isInstance)
                        .map(k -> k.host() + ": " + ((FernetKeys.Unread) k).why())
                        .toList();
        return unread.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RotationStep.Refuse(
                                FernetDecisions.UNREAD,
                                "the fernet keys could not be read on every host ("
                                        + String.join("; ", unread)
                                        + "), so none are rotated",
                                unread));
    }

    private static List<FernetKeys.Read> reads(List<FernetKeys> seen) {
        return seen.stream().map(FernetKeys.Read.class::cast).toList();
    }

    private static List<String> listing(List<FernetKeys.Read> hosts) {
        return hosts.stream().map(FernetDecisions::describe).toList();
    }

    private static RotationDecision.Refuse refuse(RotationStep.Refuse refuse) {
        return new RotationDecision.Refuse(refuse.code(), refuse.sentence(), refuse.evidence());
    }
}
