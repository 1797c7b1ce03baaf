package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import kolla.runbooks.inventory.HostLine.Variable;
import kolla.runbooks.inventory.IniText.Kind;
import kolla.runbooks.inventory.IniText.Line;

/**
 * Writes a variable of one host: where it stands already, else on the host's first own line, else
 * (when the host stands in ranges only) on a line of its own behind one of those.
 */
final class HostWords {

    private final String host;
    private final Variable variable;

    HostWords(String host, Variable variable) {
        this.host = host;
        this.variable = variable;
    }

    /** The texts with it; the same when no line that can be changed names the host. */
    InventoryTexts in(InventoryTexts texts) {
        InventoryTexts changed;
        if (any(texts, this::says)) {
            changed = each(texts, this::says, (line, nth) -> List.of(replaced(line)));
        } else if (any(texts, this::isOwn)) {
            changed =
                    each(
                            texts,
                            this::isOwn,
                            (line, nth) -> List.of(nth == 1 ? added(line) : line.body()));
        } else {
            return behind(texts, 1);
        }
        // A later range that says it otherwise wins over an earlier line: then the last word is
        // ours.
        return variable.value().equals(changed.read().own(host).get(variable.name()))
                ? changed
                : behind(texts, count(texts));
    }

    private boolean names(Line line) {
        return line.kind() == Kind.HOSTS && line.hosts().names().contains(host);
    }

    private boolean isOwn(Line line) {
        return line.kind() == Kind.HOSTS && line.hosts().isOf(host);
    }

    private boolean says(Line line) {
        return isOwn(line) && line.hosts().find(variable.name()).isPresent();
    }

    private String replaced(Line line) {
        return line.hosts()
                .each(
                        v ->
                                v.name().equals(variable.name())
                                        ? new Variable(
                                                v.space(),
                                                variable.raw(),
                                                v.name(),
                                                variable.value())
                                        : v)
                .text();
    }

    private String added(Line line) {
        return (ReadInventory.ADDRESS.contains(variable.name())
                        ? line.hosts().first(variable)
                        : line.hosts().last(variable))
                .text();
    }

    private InventoryTexts behind(InventoryTexts texts, int which) {
        return each(
                texts,
                this::names,
                (line, nth) ->
                        nth == which
                                ? List.of(line.body(), host + variable.space() + variable.raw())
                                : List.of(line.body()));
    }

    private boolean any(InventoryTexts texts, Predicate<Line> which) {
        return texts.inis().values().stream().anyMatch(i -> i.lines().stream().anyMatch(which));
    }

    private int count(InventoryTexts texts) {
        return (int)
                texts.inis().values().stream()
                        .flatMap(i -> i.lines().stream())
                        .filter(this::names)
                        .count();
    }

    /** Changes the lines that are meant; each is told which of them it is, from 1. */
    private static InventoryTexts each(
            InventoryTexts texts,
            Predicate<Line> which,
            BiFunction<Line, Integer, List<String>> change) {
        InventoryTexts changed = texts;
        int[] nth = {0};
        for (Map.Entry<Path, IniText> ini : texts.inis().entrySet()) {
            changed =
                    changed.with(
                            ini.getKey(),
                            ini.getValue()
                                    .each(
                                            line ->
                                                    which.test(line)
                                                            ? change.apply(line, ++nth[0])
                                                            : List.of(line.body())));
        }
        return changed;
    }
}
