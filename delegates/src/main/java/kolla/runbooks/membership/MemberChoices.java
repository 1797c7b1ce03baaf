package kolla.runbooks.membership;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a run of a change of members was asked for besides hosts.
 *
 * @param deleteData whether the volumes of the host that goes are deleted
 * @param inventory what becomes of the operator's inventory at the end
 */
public record MemberChoices(boolean deleteData, Writing inventory) {

    /** What becomes of the operator's inventory at the end. */
    public enum Writing {
        /** The report shows the difference; somebody applies it. */
        PROPOSE,
        /** It is written into the files. */
        WRITE,
        /** It is written into the files and committed to the git repository that holds them. */
        COMMIT
    }

    /**
     * @param parameter its value by name; empty where it was not given
     */
    public static MemberChoices of(Function<String, Optional<String>> parameter) {
        return new MemberChoices(
                parameter.apply("data").filter("delete"::equals).isPresent(),
                switch (parameter.apply("inventory").orElse("propose")) {
                    case "write" -> Writing.WRITE;
                    case "commit" -> Writing.COMMIT;
                    default -> Writing.PROPOSE;
                });
    }
}
