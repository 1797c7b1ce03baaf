package kolla.runbooks.browser;

import com.microsoft.playwright.Locator;
import java.util.List;

/** Text that is a table only where every character is as wide as every other. */
public final class FixedWidth {

    /** The parts between blanks that do not stand in one row of the page. */
    private static final String BROKEN =
            """
            node => {
              const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
              const range = document.createRange();
              return [...text.data.matchAll(/\\S+/g)].filter(word => {
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                return new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1;
              }).map(word => word[0]);
            }\
            """;

    /** For each line that is long enough: where its character number `column` begins. */
    private static final String LEFT_EDGES =
            """
            (node, [column, lines]) => {
              const text = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
              const range = document.createRange();
              let at = 0;
              return text.data.split('\\n').slice(0, lines).map(line => {
                range.setStart(text, at + column);
                range.setEnd(text, at + column + 1);
                at += line.length + 1;
                return Math.round(range.getBoundingClientRect().left);
              });
            }\
            """;

    private final Locator text;

    public FixedWidth(Locator text) {
        this.text = text;
    }

    /** Words that are broken in two because the line was full. */
    @SuppressWarnings("unchecked")
    public List<String> brokenWords() {
        return (List<String>) text.evaluate(BROKEN);
    }

    /**
     * Where the column under this heading begins in each of the first lines, in pixels.
     *
     * @param lines how many lines the table has, its head included
     */
    @SuppressWarnings("unchecked")
    public List<Integer> leftEdges(String heading, int lines) {
        int column = text.textContent().lines().findFirst().orElse("").indexOf(heading);
        return (List<Integer>) text.evaluate(LEFT_EDGES, List.of(column, lines));
    }

    /** How much of the text is hidden beyond the right edge, in pixels. */
    public int hiddenToTheRight() {
        return (Integer) text.evaluate("node => node.scrollWidth - node.clientWidth");
    }
}
