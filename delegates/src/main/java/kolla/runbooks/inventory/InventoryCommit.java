package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.InventoryEdit.FileEdit;

/**
 * Writes a proposed change into the operator's files, and commits it into the git repository that
 * holds them. Done twice it finds its work done. Hooks of the repository are not run: scripts of a
 * definition never are.
 */
public final class InventoryCommit {

    /** What became of a change. */
    public sealed interface Outcome {

        /**
         * @param id of the commit, in full
         */
        record Committed(String id) implements Outcome {}

        /** The repository has the change already. */
        record ThereAlready() implements Outcome {}
    }

    /**
     * Writes the files, each atomically, with its mode, owner and group as they were. All files are
     * looked at before the first is written; one that holds the change already is left.
     *
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-002 when a file is neither as it was
     *     nor as it is to be, or cannot be written
     */
    public void write(InventoryEdit edit) {
        List<Path> open = new ArrayList<>();
        edit.files()
                .forEach(
                        (file, texts) -> {
                            if (!isWritten(edit, file, texts)) {
                                open.add(file);
                            }
                        });
        for (Path file : open) {
            try {
                AtomicFile.replace(
                        file, edit.files().get(file).after().getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw Refusals.notWritten(
                        name(edit, file)
                                + ": it cannot be replaced ("
                                + e
                                + "); let the user of this program write it and its folder, and"
                                + " own it",
                        e);
            }
        }
    }

    /**
     * Writes the files and commits them, and nothing else: what others have changed or staged stays
     * as it is.
     *
     * @param message of the commit
     * @param author who asked for the change
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-002; nothing is written when the
     *     repository is not in a state to be committed to
     */
    public Outcome commit(InventoryEdit edit, String message, String author) {
        if (!edit.changesAnything()) {
            return new Outcome.ThereAlready();
        }
        Map<Path, Boolean> written = new LinkedHashMap<>();
        edit.files().forEach((file, texts) -> written.put(file, isWritten(edit, file, texts)));
        try (OperatorsRepository repository = OperatorsRepository.holding(edit.folder())) {
            repository.mustTakeCommits();
            edit.files()
                    .forEach(
                            (file, texts) ->
                                    repository.mustHaveNothingElse(file, texts, written.get(file)));
            write(edit);
            return repository
                    .commit(edit.files().keySet(), message, author)
                    .<Outcome>map(Outcome.Committed::new)
                    .orElseGet(Outcome.ThereAlready::new);
        }
    }

    private static boolean isWritten(InventoryEdit edit, Path file, FileEdit texts) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw Refusals.notWritten(name(edit, file) + ": it cannot be read (" + e + ")", e);
        }
        if (text.equals(texts.after())) {
            return true;
        }
        if (!text.equals(texts.before())) {
            throw Refusals.notWritten(
                    name(edit, file)
                            + ": it is not as it was when the change was proposed; put it back, or"
                            + " make the change by hand",
                    null);
        }
        return false;
    }

    private static String name(InventoryEdit edit, Path file) {
        return edit.folder().relativize(file).toString();
    }
}
