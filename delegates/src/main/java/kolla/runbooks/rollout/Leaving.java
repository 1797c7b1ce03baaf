package kolla.runbooks.rollout;

/** Whether a member may leave its cluster for a while. */
public sealed interface Leaving {

    /** It has left. */
    record Nothing() implements Leaving {}

    record Leave() implements Leaving {}

    /** Not yet: it may clear up by itself. */
    record Wait(String why) implements Leaving {}

    /**
     * @param code of the page that tells more
     */
    record Refuse(String code, String sentence) implements Leaving {}
}
