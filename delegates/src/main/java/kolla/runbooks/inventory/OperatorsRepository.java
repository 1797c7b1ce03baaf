package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.InventoryEdit.FileEdit;
import org.eclipse.jgit.api.CommitCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The git repository in which an operator keeps a definition. For one thread; close it. */
final class OperatorsRepository implements AutoCloseable {

    private static final String PROGRAM = "Kolla Runbooks";

    private final Git git;
    private final Repository repository;
    private final Path top;

    private OperatorsRepository(Repository repository) throws IOException {
        this.repository = repository;
        this.git = new Git(repository);
        this.top = repository.getWorkTree().toPath().toRealPath();
        // In memory only: no script of the repository runs.
        repository
                .getConfig()
                .setString(
                        ConfigConstants.CONFIG_CORE_SECTION,
                        null,
                        ConfigConstants.CONFIG_KEY_HOOKS_PATH,
                        "/dev/null");
    }

    /**
     * The repository that holds the folder.
     *
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-002 when none does
     */
    static OperatorsRepository holding(Path folder) {
        try {
            FileRepositoryBuilder builder =
                    new FileRepositoryBuilder()
                            .setMustExist(true)
                            .findGitDir(folder.toRealPath().toFile());
            if (builder.getGitDir() == null) {
                throw noRepository(folder, null);
            }
            return new OperatorsRepository(builder.build());
        } catch (RepositoryNotFoundException e) {
            throw noRepository(folder, e);
        } catch (IOException e) {
            throw Refusals.notWritten(
                    folder + ": its git repository cannot be read (" + e + ")", e);
        }
    }

    private static RuntimeException noRepository(Path folder, Exception cause) {
        return Refusals.notWritten(
                folder
                        + ": no git repository holds it; make one (git init, add, commit), or write"
                        + " the change without a commit",
                cause);
    }

    /** Refuses a repository in the middle of something, and one whose commits must be signed. */
    void mustTakeCommits() {
        RepositoryState state = repository.getRepositoryState();
        if (state != RepositoryState.SAFE) {
            throw refused(
                    "it is in the middle of something ("
                            + state.getDescription()
                            + "); finish or abort that");
        }
        StoredConfig config = repository.getConfig();
        if (config.getBoolean(
                ConfigConstants.CONFIG_COMMIT_SECTION, ConfigConstants.CONFIG_KEY_GPGSIGN, false)) {
            throw refused(
                    "its commits are signed (commit.gpgsign), which this program cannot do; commit"
                            + " the change by hand");
        }
    }

    /**
     * Refuses a file that has changes besides this one, or is not in the repository.
     *
     * @param written whether the file holds the change already
     */
    void mustHaveNothingElse(Path file, FileEdit texts, boolean written) {
        String path = path(file);
        try {
            Optional<String> committed = committed(path);
            if (committed.isEmpty()) {
                throw refused(path + " is not in it; add the file (git add) and commit it");
            }
            Status status = git.status().addPath(path).call();
            boolean others =
                    written
                            // ours is to be the only difference, perhaps staged by an attempt
                            // before
                            ? status.getUncommittedChanges().contains(path)
                                    && (!same(committed.get(), texts.before())
                                            || (status.getChanged().contains(path)
                                                    && status.getModified().contains(path)))
                            : status.getUncommittedChanges().contains(path);
            if (others) {
                throw refused(
                        path + " has changes that are not committed; commit them or put them back");
            }
        } catch (IOException | GitAPIException | JGitInternalException e) {
            throw unreadable(e);
        }
    }

    /**
     * Commits these files, nothing else.
     *
     * @return the commit's id; empty when the repository has them so already
     */
    Optional<String> commit(Collection<Path> files, String message, String author) {
        Set<String> paths = new LinkedHashSet<>();
        files.forEach(f -> paths.add(path(f)));
        try {
            Status status = git.status().call();
            paths.retainAll(status.getUncommittedChanges());
            if (paths.isEmpty()) {
                return Optional.empty();
            }
            CommitCommand commit =
                    git.commit()
                            .setMessage(message)
                            .setAuthor(new PersonIdent(author, ""))
                            .setCommitter(committer())
                            .setNoVerify(true)
                            .setSign(false);
            paths.forEach(commit::setOnly);
            return Optional.of(commit.call().getName());
        } catch (GitAPIException | JGitInternalException e) {
            throw Refusals.notWritten(
                    top
                            + ": the files are written but could not be committed ("
                            + e.getMessage()
                            + "); retry when nobody else works in the repository",
                    e);
        }
    }

    /** Whom the repository's configuration names; else this program. */
    private PersonIdent committer() {
        StoredConfig config = repository.getConfig();
        String name =
                config.getString(
                        ConfigConstants.CONFIG_USER_SECTION, null, ConfigConstants.CONFIG_KEY_NAME);
        String email =
                config.getString(
                        ConfigConstants.CONFIG_USER_SECTION,
                        null,
                        ConfigConstants.CONFIG_KEY_EMAIL);
        return new PersonIdent(name == null ? PROGRAM : name, email == null ? "" : email);
    }

    private Optional<String> committed(String path) throws IOException {
        ObjectId tree = repository.resolve(Constants.HEAD + "^{tree}");
        if (tree == null) {
            return Optional.empty();
        }
        try (TreeWalk walk = TreeWalk.forPath(repository, path, tree)) {
            return walk == null
                    ? Optional.empty()
                    : Optional.of(
                            new String(
                                    repository.open(walk.getObjectId(0)).getBytes(),
                                    StandardCharsets.UTF_8));
        }
    }

    /** Git may keep the ends of lines otherwise (core.autocrlf). */
    private static boolean same(String one, String other) {
        return one.replace("\r\n", "\n").equals(other.replace("\r\n", "\n"));
    }

    private String path(Path file) {
        try {
            Path real = file.toRealPath();
            if (real.startsWith(top)) {
                return top.relativize(real).toString();
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        throw refused(file + " is a link to outside of it; commit the change by hand there");
    }

    private RuntimeException refused(String why) {
        return Refusals.notWritten("git repository " + top + ": " + why, null);
    }

    private RuntimeException unreadable(Exception e) {
        return Refusals.notWritten(
                "git repository " + top + ": it cannot be read (" + e.getMessage() + ")", e);
    }

    @Override
    public void close() {
        git.close();
        repository.close();
    }
}
