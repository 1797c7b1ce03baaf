package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kolla.runbooks.hosts.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteProgramTest {

    @Test
    void keepsValuesOfTheEnvironmentOutOfTheRequest() {
        RemoteProgram program = remote(Command.of("env").with(Map.of("TOKEN", "s3cret\nline")));

        assertThat(program.request()).doesNotContain("s3cret").doesNotContain("TOKEN");
        assertThat(program.input()).startsWith("export TOKEN='s3cret'").endsWith("\n");
        assertThat(program.input().lines()).hasSize(1);
    }

    @Test
    void putsTheCommandsOwnInputAfterTheEnvironment() {
        RemoteProgram program =
                remote(Command.of("cat").reading("one\ntwo\n").with(Map.of("A", "b")));

        assertThat(program.input()).isEqualTo("export A='b'\none\ntwo\n");
    }

    @Test
    void sendsNoHeaderWithoutAnEnvironment() {
        RemoteProgram program = remote(Command.of("cat").reading("x"));

        assertThat(program.input()).isEqualTo("x");
        assertThat(program.request()).doesNotContain("read");
    }

    @Test
    void limitsTheProgramOnTheHost() {
        Command command = Command.of("sleep", "9").within(Duration.ofMillis(1500));

        assertThat(remote(command).request()).contains("exec timeout -k 5.000 1.500 \"$@\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B", "1A", "", "A=B", "A\n", "_kr_nl", "a-b", "Ä"})
    void refusesWhatNoVariableIsCalled(String name) {
        Command command = Command.of("true").with(Map.of(name, "x"));

        assertThatThrownBy(() -> remote(command))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment");
    }

    @Test
    void refusesAnEmptyProgram() {
        assertThatThrownBy(() -> remote(Command.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("argv");
    }

    @Test
    void refusesMoreThanOneArgumentMayHold() {
        assertThatThrownBy(() -> remote(Command.of("echo", "x".repeat(200_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input");
    }

    @Test
    void refusesATimeoutThatIsNotPositive() {
        Command endless = new Command(List.of("true"), Map.of(), "", Duration.ZERO);

        assertThatThrownBy(() -> remote(endless)).hasMessageContaining("timeout");
    }

    private static RemoteProgram remote(Command command) {
        return RemoteProgram.of(command, "nonce", false, Duration.ofSeconds(5));
    }
}
