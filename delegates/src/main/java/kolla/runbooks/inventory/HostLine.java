package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of an INI inventory that names hosts, taken apart so that it can be written anew with
 * everything that is not concerned as it was: spaces, quotes, the comment at its end.
 *
 * @param indent what stands before the host
 * @param variables with the spaces before each
 * @param tail behind the last word: spaces and a comment
 */
record HostLine(String indent, HostEntry hosts, List<Variable> variables, String tail) {

    /**
     * @param space before it
     * @param raw as written, with its quotes
     * @param value as the inventory is read
     */
    record Variable(String space, String raw, String name, Object value) {

        Variable {
            space = space.isEmpty() ? " " : space;
        }

        static Variable of(String space, String raw, String text) {
            int equals = text.indexOf('=');
            return new Variable(
                    space,
                    raw,
                    text.substring(0, equals),
                    PythonLiteral.parse(text.substring(equals + 1)));
        }

        /** A value that needs no quotes. */
        static Variable plain(String name, String value) {
            return of(" ", name + "=" + value, name + "=" + value);
        }

        /** The same with a value that needs no quotes. */
        Variable with(String other) {
            return of(space, name + "=" + other, name + "=" + other);
        }
    }

    /**
     * @param body a line that the inventory's reader takes for hosts, without its end
     */
    static HostLine of(String body) {
        List<ShellWords.Word> words = ShellWords.words(body, true);
        List<Variable> variables = new ArrayList<>();
        int end = words.get(0).to();
        for (ShellWords.Word word : words.subList(1, words.size())) {
            variables.add(
                    Variable.of(
                            body.substring(end, word.from()),
                            body.substring(word.from(), word.to()),
                            word.text()));
            end = word.to();
        }
        return new HostLine(
                body.substring(0, words.get(0).from()),
                HostEntry.parse(words.get(0).text()),
                variables,
                body.substring(end));
    }

    List<String> names() {
        return hosts.names();
    }

    boolean isOf(String host) {
        return names().equals(List.of(host));
    }

    Optional<Variable> find(String variable) {
        return variables.stream().filter(v -> v.name().equals(variable)).findFirst();
    }

    /** The line with other variables. */
    HostLine with(List<Variable> others) {
        return new HostLine(indent, hosts, List.copyOf(others), tail);
    }

    /** The line with each variable replaced. */
    HostLine each(Function<Variable, Variable> change) {
        return with(variables.stream().map(change).toList());
    }

    /** The line with one more variable, right behind the host. */
    HostLine first(Variable variable) {
        List<Variable> all = new ArrayList<>(variables);
        all.add(0, variable);
        return with(all);
    }

    /** The line with one more variable at its end. */
    HostLine last(Variable variable) {
        List<Variable> all = new ArrayList<>(variables);
        all.add(variable);
        return with(all);
    }

    /**
     * The line for another host or range.
     *
     * @param samePort whether a port that stands behind the host goes with it
     */
    HostLine renamed(String pattern, boolean samePort) {
        String word = samePort ? hosts.written(pattern) : pattern;
        return new HostLine(indent, HostEntry.parse(word), variables, tail);
    }

    HostLine withoutComment() {
        return new HostLine(indent, hosts, variables, "");
    }

    /** The line as text, without its end. */
    String text() {
        StringBuilder text = new StringBuilder(indent).append(hosts.written(hosts.pattern()));
        variables.forEach(v -> text.append(v.space()).append(v.raw()));
        return text.append(tail).toString();
    }
}
