package kolla.runbooks.rollout;

import java.util.Arrays;

/** The last lines of an output, for evidence. */
final class Tail {

    private Tail() {}

    static String[] of(String text, int lines) {
        String[] all = text.strip().split("\n");
        return Arrays.copyOfRange(all, Math.max(0, all.length - lines), all.length);
    }
}
