package kolla.runbooks.membership;

import java.util.List;

/**
 * Whether the host that goes is still there.
 *
 * @param proof what was seen, a sentence each
 * @param stopped containers of services that should run there and do not
 */
public record Presence(Kind kind, List<String> proof, List<String> stopped) {

    /** What a run may conclude. */
    public enum Kind {
        /** Nobody goes. */
        NOBODY,
        /** It answers and its services are there: the run takes them away itself. */
        THERE,
        /**
         * It answers and nothing of the control plane is on it: another machine, or a wiped one.
         */
        EMPTY,
        /** Nobody hears of it. */
        GONE,
        /** It may live: nothing may be decided. */
        UNCLEAR
    }

    public static final Presence NOBODY = new Presence(Kind.NOBODY, List.of());

    Presence(Kind kind, List<String> proof) {
        this(kind, proof, List.of());
    }

    public Presence {
        proof = List.copyOf(proof);
        stopped = List.copyOf(stopped);
    }

    /** Whether the run itself can take it out. */
    public boolean reachable() {
        return kind == Kind.THERE;
    }
}
