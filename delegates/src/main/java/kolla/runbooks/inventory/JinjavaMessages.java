package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.TemplateError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the words of an operator what Jinjava says in the words of Java. */
final class JinjavaMessages {

    private static final Pattern FUNCTION = Pattern.compile("Could not resolve function '([^']+)'");
    private static final Pattern COERCION =
            Pattern.compile("Cannot coerce '(.*)' of class \\S+ to class (?:\\S+\\.)?(\\w+)");
    private static final Pattern CLASS_NAMES = Pattern.compile("^(?:[A-Za-z.]+Exception: )+");

    private JinjavaMessages() {}

    static String of(TemplateError error) {
        return of(String.valueOf(error.getMessage()));
    }

    static String of(RuntimeException error) {
        return of(String.valueOf(error.getMessage()));
    }

    private static String of(String message) {
        Matcher function = FUNCTION.matcher(message);
        if (function.find()) {
            return "the function \""
                    + function.group(1)
                    + "\" is not known here; write its value instead";
        }
        Matcher coercion = COERCION.matcher(message);
        if (coercion.find()) {
            return "\"" + coercion.group(1) + "\" cannot be taken as " + coercion.group(2);
        }
        if (message.contains("Unclosed token")) {
            return "a \"{{\", \"{%\" or \"{#\" is opened and never closed";
        }
        return CLASS_NAMES
                .matcher(message.lines().findFirst().orElse("cannot be evaluated"))
                .replaceFirst("");
    }
}
