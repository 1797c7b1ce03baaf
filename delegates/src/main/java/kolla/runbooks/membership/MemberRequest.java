package kolla.runbooks.membership;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.HostChange;

/**
 * Which host comes and which one goes, as a run asks for it. One of each at most: two hosts that
 * leave are two runs, so that every quorum is counted anew in between.
 *
 * @param leaving the host that goes
 * @param joining the host that comes; it may have the name of the one that goes
 * @param service the only service that is meant; empty: every one
 */
public record MemberRequest(
        Optional<String> leaving, Optional<HostChange.Arrival> joining, Optional<String> service) {

    public static final String ADD = "add-host";
    public static final String REMOVE = "remove-host";
    public static final String REPLACE = "replace-host";
    public static final String SCALE = "scale-service";

    static final String NOT_RIGHT = "KR-MEMBERS-003";

    /**
     * @param runbook key of the run's process
     * @param parameter its value by name; empty where it was not given
     * @return empty when it is a run of another runbook
     * @throws RunbookFailure {@code KR-MEMBERS-003} when parameters do not fit each other
     */
    public static Optional<MemberRequest> of(
            String runbook, Function<String, Optional<String>> parameter) {
        Given given = new Given(parameter);
        return switch (runbook) {
            case ADD -> Optional.of(add(given));
            case REMOVE -> Optional.of(remove(given.needed("host")));
            case REPLACE -> Optional.of(replace(given));
            case SCALE -> Optional.of(scale(given));
            default -> Optional.empty();
        };
    }

    private static MemberRequest add(Given given) {
        Set<String> groups = given.words("groups");
        Optional<String> like = given.text("like");
        if (groups.isEmpty() && like.isEmpty()) {
            throw wrong(
                    "like and groups are both empty; name a host that the new one should resemble,"
                            + " or the groups of the inventory that it belongs to");
        }
        return new MemberRequest(
                Optional.empty(),
                Optional.of(
                        new HostChange.Arrival(
                                given.needed("host"), given.text("address"), like, groups)),
                Optional.empty());
    }

    private static MemberRequest remove(String host) {
        return new MemberRequest(Optional.of(host), Optional.empty(), Optional.empty());
    }

    private static MemberRequest replace(Given given) {
        String old = given.needed("oldHost");
        String fresh = given.text("newHost").orElse(old);
        return new MemberRequest(
                Optional.of(old),
                Optional.of(
                        new HostChange.Arrival(
                                fresh, given.text("address"), Optional.of(old), Set.of())),
                Optional.empty());
    }

    private static MemberRequest scale(Given given) {
        String service = given.needed("service");
        String host = given.needed("host");
        boolean more = given.needed("change").equals("more");
        return new MemberRequest(
                more ? Optional.empty() : Optional.of(host),
                more
                        ? Optional.of(
                                new HostChange.Arrival(
                                        host, Optional.empty(), Optional.empty(), Set.of(service)))
                        : Optional.empty(),
                Optional.of(service));
    }

    /** Whether a new machine takes the name of the one that goes. */
    public boolean sameName() {
        return leaving.isPresent() && leaving.equals(joining.map(HostChange.Arrival::host));
    }

    /** The inventory's change while the host that goes still serves: who comes has come. */
    public HostChange arrival() {
        return sameName() ? whole() : new HostChange(List.of(), joining.stream().toList());
    }

    /** The inventory's change at the end. */
    public HostChange whole() {
        return new HostChange(
                leaving.map(h -> new HostChange.Departure(h, groups())).stream().toList(),
                joining.stream().toList());
    }

    /** The groups that a host leaves; empty: all of them. */
    private Set<String> groups() {
        return service.map(Set::of).orElse(Set.of());
    }

    /** What was given, by name. */
    private record Given(Function<String, Optional<String>> parameter) {

        Optional<String> text(String name) {
            return parameter.apply(name).map(String::strip).filter(t -> !t.isEmpty());
        }

        String needed(String name) {
            return text(name).orElseThrow(() -> wrong(name + " is empty"));
        }

        Set<String> words(String name) {
            Set<String> words = new LinkedHashSet<>();
            for (String word : text(name).orElse("").split("[,\\s]+")) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            return words;
        }
    }

    private static RunbookFailure wrong(String sentence) {
        return RunbookFailure.person(NOT_RIGHT, sentence, List.of());
    }
}
