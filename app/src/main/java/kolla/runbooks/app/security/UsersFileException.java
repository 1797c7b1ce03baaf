package kolla.runbooks.app.security;

import java.nio.file.Path;
import java.util.List;

/** The users file cannot be used; all that is wrong with it in one message. */
public final class UsersFileException extends RuntimeException {

    UsersFileException(Path file, List<String> problems) {
        super(
                "KR-USERS-001: "
                        + problems.size()
                        + " problem(s) in the users file "
                        + file
                        + " (runbooks.users-file) [ops-runbooks/errors/KR-USERS-001.md]\n"
                        + String.join("\n", problems));
    }
}
