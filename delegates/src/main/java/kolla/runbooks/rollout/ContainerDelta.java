package kolla.runbooks.rollout;

import java.util.List;

/**
 * What has to happen to one container on one host.
 *
 * @param reasons why; empty when {@code kind} is {@link Kind#NONE}
 */
public record ContainerDelta(Kind kind, List<RestartReason> reasons) {

    /** From nothing to most. */
    public enum Kind {
        NONE("leave"),
        /** Configuration taken over without a restart. */
        RELOAD("reload"),
        /** It stands as it should be made but does not run. */
        START("start"),
        /** Same container, new process: it reads its configuration at start. */
        RESTART("restart"),
        /** Removed and made anew; its named volumes stay. */
        RECREATE("recreate"),
        CREATE("create");

        private final String verb;

        Kind(String verb) {
            this.verb = verb;
        }

        public String verb() {
            return verb;
        }
    }

    public ContainerDelta {
        reasons = List.copyOf(reasons);
    }

    public boolean needed() {
        return kind != Kind.NONE;
    }

    /** The reasons as a clause: "runs another image, has other volumes". */
    public String why() {
        return String.join(", ", reasons.stream().map(RestartReason::text).toList());
    }
}
