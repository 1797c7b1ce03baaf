package kolla.runbooks.hosts.ssh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.RemoteFile;

/**
 * Several files put with one command, whose standard input is their contents, one after the other.
 *
 * <ol>
 *   <li>every content is written to a temporary file beside its place, readable by nobody else;
 *   <li>a last line proves that the input was whole; owners and modes are set; the temporary files
 *       are brought to the disk;
 *   <li>each is renamed over its place, in order, and the folders are brought to the disk.
 * </ol>
 *
 * <p>An error before the first rename leaves everything as it was. A temporary file has a fixed
 * name, so what a power cut leaves behind is gone with the next put.
 */
final class FilePut {

    /** The exit code of the script when its input ended early: the connection broke. */
    static final int CUT_SHORT = 3;

    /** Keeps the script well below the length that an SSH request may have. */
    static final int MOST_AT_ONCE = 50;

    private static final String END = "end of kolla-runbooks' files";
    private static final Pattern OWNER =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(:[A-Za-z0-9_][A-Za-z0-9._-]*)?");

    // `head -c` reads not one byte more than it is told, which leaves the next content whole.
    // `set -C` refuses to write through a file or link that appears at the temporary name.
    private static final String TAKE =
            """
            set -C
            trap 'undo 1' HUP INT TERM
            take() {
              umask 007
              [ -d "$2" ] || mkdir -p -- "$2" || undo 1 "$1"
              umask 077
              rm -f -- "$3" && head -c "$4" >"$3" || undo 1 "$1"
            }
            """;

    private FilePut() {}

    /**
     * @throws IllegalArgumentException for a path that is not absolute or holds a newline, an owner
     *     of another form than user:group, a mode outside 0 to 07777; names the value
     */
    static Command of(List<RemoteFile> files) {
        files.forEach(FilePut::check);
        Map<String, RemoteFile> byTemporary = new LinkedHashMap<>();
        files.forEach(f -> byTemporary.put(temporary(f), f));
        Collection<String> temporaries = byTemporary.keySet();
        Collection<String> folders = new LinkedHashSet<>();
        StringBuilder script = new StringBuilder();
        StringBuilder input = new StringBuilder();
        script.append("undo() { [ -z \"$2\" ] || echo \"at $2\" >&2; rm -f -- ")
                .append(words(temporaries))
                .append("; exit \"$1\"; }\n")
                .append(TAKE);
        byTemporary.forEach(
                (temporary, file) -> {
                    folders.add(folder(file));
                    input.append(file.content());
                    String size = String.valueOf(bytes(file.content()));
                    script.append("take ")
                            .append(words(List.of(file.path(), folder(file), temporary, size)))
                            .append('\n');
                });
        input.append(END).append('\n');
        script.append("IFS= read -r end && [ \"$end\" = ")
                .append(ShellQuote.word(END))
                .append(" ] || undo " + CUT_SHORT + "\n");
        grouped(byTemporary, RemoteFile::owner)
                .forEach((owner, names) -> step(script, "chown", owner, names));
        grouped(byTemporary, f -> Integer.toOctalString(f.mode()))
                .forEach((mode, names) -> step(script, "chmod", mode, names));
        script.append("sync -- ").append(words(temporaries)).append(" || undo 1\n");
        byTemporary.forEach(
                (temporary, file) ->
                        script.append("mv -fT -- ")
                                .append(words(List.of(temporary, file.path())))
                                .append(" || undo 1 ")
                                .append(ShellQuote.word(file.path()))
                                .append('\n'));
        script.append("sync -- ").append(words(folders)).append('\n');
        Duration limit = Duration.ofSeconds(60 + input.length() / (1024 * 1024));
        return Command.of("sh", "-c", script.toString()).reading(input.toString()).within(limit);
    }

    private static void step(StringBuilder script, String tool, String value, List<String> names) {
        script.append(tool)
                .append(" -- ")
                .append(ShellQuote.word(value))
                .append(' ')
                .append(words(names))
                .append(" || undo 1\n");
    }

    private static Map<String, List<String>> grouped(
            Map<String, RemoteFile> byTemporary, Function<RemoteFile, String> property) {
        return byTemporary.entrySet().stream()
                .collect(
                        Collectors.groupingBy(
                                e -> property.apply(e.getValue()),
                                LinkedHashMap::new,
                                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    }

    private static void check(RemoteFile file) {
        String path = file.path();
        if (!path.startsWith("/") || path.endsWith("/") || path.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "path: \"" + path + "\" is not the absolute path of a file");
        }
        if (!OWNER.matcher(file.owner()).matches()) {
            throw new IllegalArgumentException(
                    "owner: \""
                            + file.owner()
                            + "\" of "
                            + path
                            + " is not of the form user:group");
        }
        if (file.mode() < 0 || file.mode() > 07777) {
            throw new IllegalArgumentException(
                    "mode: " + Integer.toOctalString(file.mode()) + " of " + path + " is no mode");
        }
    }

    private static String folder(RemoteFile file) {
        int slash = file.path().lastIndexOf('/');
        return slash == 0 ? "/" : file.path().substring(0, slash);
    }

    private static String temporary(RemoteFile file) {
        int slash = file.path().lastIndexOf('/');
        return file.path().substring(0, slash + 1)
                + "."
                + file.path().substring(slash + 1)
                + ".kolla-runbooks";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String words(Collection<String> texts) {
        return ShellQuote.words(List.copyOf(texts));
    }
}
