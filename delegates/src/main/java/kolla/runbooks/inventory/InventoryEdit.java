package kolla.runbooks.inventory;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The inventory's files with a change written into them. Nothing is on disk yet. Immutable. */
public final class InventoryEdit {

    private static final int CONTEXT = 3;

    private final Path folder;
    private final Map<Path, FileEdit> files;
    private final List<String> notes;

    /**
     * A file's text, old and new.
     *
     * @param before what the file must still hold when {@code after} is written
     */
    public record FileEdit(String before, String after) {}

    private InventoryEdit(Path folder, Map<Path, FileEdit> files, List<String> notes) {
        this.folder = folder.toAbsolutePath().normalize();
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
        this.notes = List.copyOf(notes);
    }

    /**
     * @param folder of the cluster's definition
     * @param files old and new text by absolute path; those that do not differ are left out
     * @param notes what a person should know besides
     */
    public static InventoryEdit of(Path folder, Map<Path, FileEdit> files, List<String> notes) {
        Map<Path, FileEdit> changed = new TreeMap<>(files);
        changed.values().removeIf(f -> f.before().equals(f.after()));
        return new InventoryEdit(folder, changed, notes);
    }

    /** The cluster's folder, absolute. */
    public Path folder() {
        return folder;
    }

    /** Old and new text by file (absolute path), only of files that differ. */
    public Map<Path, FileEdit> files() {
        return files;
    }

    public boolean changesAnything() {
        return !files.isEmpty();
    }

    /**
     * What a person should know besides: files of variables that stay, variables that were not
     * taken over, groups that are empty now.
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * A unified diff that {@code git apply} or {@code patch -p1} takes in the cluster's folder;
     * empty when nothing changes.
     */
    public String diff() {
        StringBuilder diff = new StringBuilder();
        files.forEach(
                (file, edit) -> {
                    Path name = folder.relativize(file);
                    List<String> before = lines(edit.before());
                    // Without this line a reader may take the next file's name for a line that
                    // goes.
                    diff.append("diff --git a/" + name + " b/" + name + "\n");
                    UnifiedDiffUtils.generateUnifiedDiff(
                                    "a/" + name,
                                    "b/" + name,
                                    before,
                                    DiffUtils.diff(before, lines(edit.after())),
                                    CONTEXT)
                            .forEach(line -> diff.append(line).append('\n'));
                });
        return diff.toString();
    }

    /**
     * Lines by {@code \n} alone, so that a {@code \r} stays part of its line. A last line without
     * an end is told as such, as in the diffs of git: it differs from the same line with one.
     */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int last = lines.size() - 1;
        if (lines.get(last).isEmpty()) {
            lines.remove(last);
        } else {
            lines.set(last, lines.get(last) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
