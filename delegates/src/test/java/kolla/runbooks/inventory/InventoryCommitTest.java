package kolla.runbooks.inventory;

import static kolla.runbooks.inventory.InventoryEditTest.leave;
import static kolla.runbooks.inventory.InventoryEditTest.like;
import static kolla.runbooks.inventory.InventoryEditTest.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.StreamSupport;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.InventoryCommit.Outcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proposed change is written and committed: that, nothing else, and once. */
class InventoryCommitTest {

    private static final String TEXT = "[control]\nctl1\nctl2\nctl3\n";
    private static final String MESSAGE = "ctl4 in the place of ctl3\n\nticket OPS-7\n";

    @TempDir Path top;
    private Path folder;
    private Path file;
    private Definition definition;
    private Git git;
    private final InventoryCommit commit = new InventoryCommit();

    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectories(top.resolve("clouds/lab"));
        file = folder.resolve("multinode");
        definition = new Definition(folder).file("multinode", TEXT);
        git = Git.init().setDirectory(top.toFile()).call();
        git.add().addFilepattern(".").call();
        git.commit().setMessage("first").setSign(false).setAuthor("op", "op@example.org").call();
    }

    @AfterEach
    void end() {
        git.close();
    }

    private InventoryEdit edit() {
        return definition.clusters().edit("lab", replace("ctl3", like("ctl4", "", "ctl3")));
    }

    private List<RevCommit> log() throws Exception {
        return StreamSupport.stream(git.log().call().spliterator(), false).toList();
    }

    private static void refused(ThrowingCallable what, String why) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo("KR-MEMBERS-002"))
                .hasMessageContaining(why);
    }

    @Test
    void writesWhatIsProposedAndKeepsTheMode() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        InventoryEdit edit = edit();
        commit.write(edit);
        commit.write(edit);
        assertThat(file).hasContent("[control]\nctl1\nctl2\nctl4\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void doesNotWriteOverWhatSomebodyElseChanged() throws Exception {
        definition.file("inventory/a.ini", "[a]\nctl3\n");
        InventoryEdit edit = edit();
        definition.file("multinode", TEXT + "# mine\n");
        refused(() -> commit.write(edit), "multinode: it is not as it was when the change was");
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "it is not as it was when the change");
        assertThat(folder.resolve("inventory/a.ini")).hasContent("[a]\nctl3\n");
        Files.delete(file);
        refused(() -> commit.write(edit), "multinode: it cannot be read");
    }

    @Test
    void commitsOnlyTheChange() throws Exception {
        definition.file("globals.yml", "---\nstaged: yes\n").file("new", "x");
        git.add().addFilepattern("clouds/lab/globals.yml").call();
        definition.file("passwords.yml", "---\nchanged: yes\n");
        Outcome outcome = commit.commit(edit(), MESSAGE, "ann");
        RevCommit head = log().get(0);
        assertThat(outcome).isEqualTo(new Outcome.Committed(head.getName()));
        assertThat(head.getFullMessage()).isEqualTo(MESSAGE);
        assertThat(head.getAuthorIdent().getName()).isEqualTo("ann");
        assertThat(git.diff().setOldTree(tree("HEAD~1")).setNewTree(tree("HEAD")).call())
                .singleElement()
                .satisfies(d -> assertThat(d.getNewPath()).isEqualTo("clouds/lab/multinode"));
        var status = git.status().call();
        assertThat(status.getChanged()).containsExactly("clouds/lab/globals.yml");
        assertThat(status.getModified()).containsExactly("clouds/lab/passwords.yml");
        assertThat(status.getUntracked()).containsExactly("clouds/lab/new");
    }

    private org.eclipse.jgit.treewalk.CanonicalTreeParser tree(String of) throws Exception {
        ObjectId tree = git.getRepository().resolve(of + "^{tree}");
        try (var reader = git.getRepository().newObjectReader()) {
            return new org.eclipse.jgit.treewalk.CanonicalTreeParser(null, reader, tree);
        }
    }

    @Test
    void commitsOnce() throws Exception {
        InventoryEdit edit = edit();
        commit.commit(edit, MESSAGE, "ann");
        assertThat(commit.commit(edit, MESSAGE, "ann")).isEqualTo(new Outcome.ThereAlready());
        assertThat(commit.commit(edit(), MESSAGE, "ann")).isEqualTo(new Outcome.ThereAlready());
        assertThat(log()).hasSize(2);
    }

    @Test
    void commitsWhatAnAttemptBeforeHasWrittenOrStaged() throws Exception {
        InventoryEdit edit = edit();
        commit.write(edit);
        assertThat(commit.commit(edit, MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
        InventoryEdit next = definition.clusters().edit("lab", leave("ctl1"));
        commit.write(next);
        git.add().addFilepattern("clouds/lab/multinode").call();
        assertThat(commit.commit(next, MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
        assertThat(git.status().call().isClean()).isTrue();
        assertThat(log()).hasSize(3);
    }

    @Test
    void refusesAFileWithOtherChanges() throws Exception {
        definition.file("multinode", TEXT + "# mine\n");
        InventoryEdit edit = edit();
        refused(
                () -> commit.commit(edit, MESSAGE, "ann"),
                "clouds/lab/multinode has changes that are not committed; commit them or put");
        assertThat(file).hasContent(TEXT + "# mine\n");
        commit.write(edit);
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "has changes that are not committed");
        git.add().addFilepattern("clouds/lab/multinode").call();
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "has changes that are not committed");
        assertThat(log()).hasSize(1);
    }

    @Test
    void refusesAFileThatIsStagedOtherwise() throws Exception {
        InventoryEdit edit = edit();
        definition.file("multinode", TEXT + "# staged\n");
        git.add().addFilepattern("clouds/lab/multinode").call();
        definition.file("multinode", TEXT);
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "has changes that are not committed");
        commit.write(edit);
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "has changes that are not committed");
    }

    @Test
    void refusesAFileThatIsNotInTheRepository() {
        definition.file("inventory/a.ini", "[a]\nctl3\n");
        refused(
                () -> commit.commit(edit(), MESSAGE, "ann"),
                "clouds/lab/inventory/a.ini is not in it; add the file (git add) and commit it");
    }

    @Test
    void refusesALinkToOutside(@TempDir Path elsewhere) throws Exception {
        Path target = Files.writeString(elsewhere.resolve("a.ini"), "[a]\nctl3\n");
        Files.createDirectories(folder.resolve("inventory"));
        Files.createSymbolicLink(folder.resolve("inventory/a.ini"), target);
        refused(() -> commit.commit(edit(), MESSAGE, "ann"), "is a link to outside of it");
        commit.write(edit());
        assertThat(target).hasContent("[a]\nctl4\n");
        assertThat(folder.resolve("inventory/a.ini")).isSymbolicLink();
    }

    @Test
    void saysWhenThereIsNoRepository(@TempDir Path bare) {
        Definition other = new Definition(bare).file("multinode", TEXT);
        refused(
                () -> commit.commit(other.clusters().edit("lab", leave("ctl3")), MESSAGE, "ann"),
                bare + ": no git repository holds it; make one");
        assertThat(bare.resolve("multinode")).hasContent(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"})
    void refusesARepositoryInTheMiddleOfSomething(String state) throws Exception {
        String head = git.getRepository().resolve(Constants.HEAD).getName();
        Files.writeString(top.resolve(".git").resolve(state), head + "\n");
        refused(() -> commit.commit(edit(), MESSAGE, "ann"), "it is in the middle of something (");
        assertThat(file).hasContent(TEXT);
    }

    @Test
    void commitsToADetachedHead() throws Exception {
        git.checkout().setName(log().get(0).getName()).call();
        assertThat(commit.commit(edit(), MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
        assertThat(log()).hasSize(2);
    }

    @Test
    void refusesARepositoryWhoseCommitsAreSigned() throws Exception {
        StoredConfig config = git.getRepository().getConfig();
        config.setBoolean("commit", null, "gpgsign", true);
        config.save();
        refused(() -> commit.commit(edit(), MESSAGE, "ann"), "its commits are signed");
    }

    @Test
    void saysWhenSomebodyElseWorksInTheRepository() throws Exception {
        Path lock = Files.writeString(top.resolve(".git/index.lock"), "");
        InventoryEdit edit = edit();
        refused(() -> commit.commit(edit, MESSAGE, "ann"), "retry when nobody else works in");
        Files.delete(lock);
        assertThat(commit.commit(edit, MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    void runsNoHooks() throws Exception {
        Path hooks = Files.createDirectories(top.resolve(".git/hooks"));
        for (String name : List.of("pre-commit", "commit-msg", "post-commit")) {
            Path hook = hooks.resolve(name);
            Files.writeString(hook, "#!/bin/sh\ntouch " + top.resolve("ran") + "\nexit 1\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(commit.commit(edit(), MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
        assertThat(top.resolve("ran")).doesNotExist();
    }

    @Test
    void keepsEndsOfLinesWhereGitConvertsThem() throws Exception {
        StoredConfig config = git.getRepository().getConfig();
        config.setString("core", null, "autocrlf", "true");
        config.save();
        definition.file("multinode", TEXT.replace("\n", "\r\n"));
        InventoryEdit edit = edit();
        commit.write(edit);
        assertThat(commit.commit(edit, MESSAGE, "ann")).isInstanceOf(Outcome.Committed.class);
        assertThat(file).content().isEqualTo("[control]\r\nctl1\r\nctl2\r\nctl4\r\n");
        assertThat(git.status().call().isClean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "[control]\nctl1\nctl2\nctl3",
                "[control]\r\nctl1\r\n\r\nctl2\r\nctl3\r\n",
                "[control]\nctl1\n# a\n# b\n# c\n# d\n# e\n# f\n# g\n[b]\nctl[1:3] # x\n[c]\nctl1",
                "ctl3",
            })
    void gitTakesTheDiff(String text) throws Exception {
        definition.file("multinode", text).file("inventory/a.ini", "[a]\nctl3\nctl2\n");
        git.add().addFilepattern(".").call();
        InventoryEdit edit = edit();
        try (Git here = Git.init().setDirectory(folder.toFile()).call()) {
            here.apply()
                    .setPatch(
                            new ByteArrayInputStream(edit.diff().getBytes(StandardCharsets.UTF_8)))
                    .call();
        }
        assertThat(edit.files()).hasSize(2);
        edit.files().forEach((f, texts) -> assertThat(f).content().isEqualTo(texts.after()));
    }
}
