package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.TagNode;
import java.util.regex.Pattern;

/**
 * Refuses a loop's own condition and its {@code else}: Jinjava does not know them and goes on as if
 * they were something else or nothing.
 */
final class StrictForTag extends ForTag {

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern CONDITION = Pattern.compile("\\sif\\s(?!.*\\selse\\s)");

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
        String plain = QUOTED.matcher(node.getHelpers()).replaceAll("''");
        if (CONDITION.matcher(plain).find() || plain.trim().endsWith("recursive")) {
            Evaluation.of(interpreter)
                    .fault(
                            "{% for"
                                    + node.getHelpers()
                                    + " %}: a condition of the loop itself is not known here; put"
                                    + " an {% if … %} inside the loop");
            return "";
        }
        if (node.getChildren().stream().anyMatch(c -> c.getName().equals("else"))) {
            Evaluation.of(interpreter)
                    .fault(
                            "{% for"
                                    + node.getHelpers()
                                    + " %}: an {% else %} of the loop is not known here; put an {%"
                                    + " if … %} around the loop");
            return "";
        }
        return super.interpret(node, interpreter);
    }
}
