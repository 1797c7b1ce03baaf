package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {

    private static final String GOOD =
            "id: ann, first-name: A, last-name: B, password: long-enough, groups: [viewers]";

    @TempDir private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("users.yml"), content);
    }

    @Test
    void readsUsers() throws IOException {
        assertThat(UsersFile.read(file("users:\n  - {" + GOOD + "}\n")))
                .containsExactly(new NewUser("ann", "A", "B", "long-enough", List.of("viewers")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    id: ann           | id: a b          | users[0].id: "a b"
                    id: ann           | id: 007          | users[0].id: should be text
                    id: ann           | id: camunda-admin, x: 1 | users[0].x
                    id: ann,          | ''               | users[0].id: is missing
                    first-name: A     | first-name: No   | users[0].first-name: should be text
                    long-enough       | short            | users[0].password: should have at least 8
                    long-enough       | 12345678         | users[0].password: should be text
                    [viewers]         | [viewer]         | users[0].groups[0]: "viewer" is none of
                    [viewers]         | viewers          | users[0].groups: should be a list
                    """)
    void namesTheFieldThatIsWrong(String part, String instead, String problem) throws IOException {
        Path file = file("users:\n  - {" + GOOD.replace(part, instead) + "}\n");
        assertThatThrownBy(() -> UsersFile.read(file))
                .isInstanceOf(UsersFileException.class)
                .hasMessageContaining("KR-USERS-001")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("short\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                 | should hold one key, users
                    people: []         | should hold one key, users
                    users: ann         | should hold one key, users
                    users: [ann]       | users[0]: should be a map
                    users: [           | no valid YAML
                    """)
    void saysWhatTheFileShouldBe(String content, String problem) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> UsersFile.read(file)).hasMessageContaining(problem);
    }

    @Test
    void listsAllProblemsAtOnceAndNoPassword() throws IOException {
        Path file =
                file(
                        "users:\n  - {"
                                + GOOD
                                + "}\n"
                                + "  - {id: ann, last-name: B, password: s3cret, groups: [x]}\n");
        assertThatThrownBy(() -> UsersFile.read(file))
                .hasMessageContaining("4 problem(s)")
                .hasMessageContaining("users[1].id: \"ann\" is there twice")
                .hasMessageContaining("users[1].first-name")
                .hasMessageContaining("users[1].password")
                .hasMessageContaining("users[1].groups[0]")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void saysWhenTheFileIsNotThere() {
        assertThatThrownBy(() -> UsersFile.read(folder.resolve("none.yml")))
                .hasMessageContaining("is not there");
    }
}
