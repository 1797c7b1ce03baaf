package kolla.runbooks.rollout;

import java.util.Arrays;

/** The last lines of an output, for evidence. */
public final class Tail {

    private Tail() {}

    public static String[] of(String text, int lines) {
        String[] all = text.strip().split("\n");
        return Arrays.copyOfRange(all, Math.max(0, all.length - lines), all.length);
    }
}
