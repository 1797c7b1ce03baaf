package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an INI inventory as lines that know what they are. Put together again it is the same
 * text, letter by letter; a change replaces whole lines and leaves the others, with their ends.
 *
 * @param eol how lines end where a new one is written
 */
record IniText(List<Line> lines, String eol) {

    private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\n|\\r|\\z)");

    enum Kind {
        HEADER,
        HOSTS,
        CHILD,
        /** Variables of groups, comments, nothing. */
        OTHER
    }

    /**
     * @param at from 0
     * @param group of the section that the line is in
     * @param section {@code hosts}, {@code children} or {@code vars}
     * @param end of the line; empty when the file ends first
     */
    record Line(int at, String body, String end, Kind kind, String group, String section) {

        HostLine hosts() {
            return HostLine.of(body);
        }

        /** The group that a line of {@code :children} names. */
        String child() {
            return ShellWords.split(body, true).get(0);
        }

        boolean isHeader(String ofGroup, String ofSection) {
            return kind == Kind.HEADER && isIn(ofGroup, ofSection);
        }

        boolean isIn(String aGroup, String aSection) {
            return group.equals(aGroup) && section.equals(aSection);
        }

        boolean isHostsOf(String aGroup) {
            return kind == Kind.HOSTS && group.equals(aGroup);
        }

        boolean isChildOf(String aGroup) {
            return kind == Kind.CHILD && group.equals(aGroup);
        }
    }

    static IniText of(String text) {
        List<Line> lines = new ArrayList<>();
        String group = InventoryDraft.UNGROUPED;
        String section = "hosts";
        String eol = "";
        Matcher line = LINE.matcher(text);
        while (line.find() && line.start() < text.length()) {
            String entry = line.group(1).strip();
            Kind kind = Kind.OTHER;
            Matcher header = IniInventory.SECTION.matcher(entry);
            if (IniInventory.isSection(entry) && header.matches()) {
                kind = Kind.HEADER;
                group = header.group(1).strip();
                section = header.group(2) == null ? "hosts" : header.group(2);
            } else if (!IniInventory.saysNothing(entry)) {
                kind =
                        switch (section) {
                            case "hosts" -> Kind.HOSTS;
                            case "children" -> Kind.CHILD;
                            default -> Kind.OTHER;
                        };
            }
            eol = eol.isEmpty() ? line.group(2) : eol;
            lines.add(new Line(lines.size(), line.group(1), line.group(2), kind, group, section));
        }
        return new IniText(List.copyOf(lines), eol.isEmpty() ? "\n" : eol);
    }

    /** The text with each line replaced by these; an empty list takes it out. */
    IniText each(Function<Line, List<String>> change) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            List<String> bodies = change.apply(line);
            for (int i = 0; i < bodies.size(); i++) {
                boolean last = i == bodies.size() - 1;
                text.append(bodies.get(i));
                text.append(last || !line.end().isEmpty() ? line.end() : eol);
            }
        }
        return of(text.toString());
    }

    /** The text, byte for byte what it was made of. */
    String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(l -> text.append(l.body()).append(l.end()));
        return text.toString();
    }
}
