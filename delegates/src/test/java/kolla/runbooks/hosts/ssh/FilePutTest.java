package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.RemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePutTest {

    @ParameterizedTest
    @ValueSource(strings = {"etc/x", "", "/etc/", "/etc/a\nb"})
    void refusesWhatIsNoAbsolutePathOfAFile(String path) {
        assertRefuses(new RemoteFile(path, "", 0600, "root:root"), "path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-R", "root:", "root root", "a:b:c", "$(id)"})
    void refusesWhatIsNoOwner(String owner) {
        assertRefuses(new RemoteFile("/etc/x", "", 0600, owner), "owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 010000})
    void refusesWhatIsNoMode(int mode) {
        assertRefuses(new RemoteFile("/etc/x", "", mode, "root"), "mode");
    }

    @Test
    void keepsContentsOutOfTheArguments() {
        Command command = FilePut.of(List.of(new RemoteFile("/etc/x", "s3cret", 0600, "root")));

        assertThat(String.join(" ", command.argv())).doesNotContain("s3cret");
        assertThat(command.input()).startsWith("s3cret");
    }

    private static void assertRefuses(RemoteFile file, String field) {
        assertThatThrownBy(() -> FilePut.of(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ":");
    }
}
