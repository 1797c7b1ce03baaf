package kolla.runbooks.app.problem;

import java.util.Objects;

/**
 * One thing that is wrong with what was sent.
 *
 * @param field where it stands, as a path: {@code parameters.services}
 * @param value what was seen, cut when long; {@code null} in JSON where nothing was sent
 * @param expected what would be right
 */
public record FieldError(String field, String value, String expected) {

    private static final int LONGEST = 200;

    /** Names the field, shows the value as text, says what would be right. */
    public static FieldError of(String field, Object value, String expected) {
        String text = Objects.toString(value, null);
        if (text != null && text.length() > LONGEST) {
            text = text.substring(0, LONGEST) + "…";
        }
        return new FieldError(field, text, expected);
    }
}
