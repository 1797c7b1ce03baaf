package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshArgumentsTest {

    static Stream<Arguments> readsTheJumpHost() {
        return Stream.of(
                Arguments.of("", null),
                Arguments.of("-J bastion", "bastion"),
                Arguments.of("-Jbastion", "bastion"),
                Arguments.of("-o ProxyJump=admin@bastion:2222", "admin@bastion:2222"),
                Arguments.of("-oProxyJump=bastion", "bastion"),
                Arguments.of("-o 'ProxyJump bastion'", "bastion"),
                Arguments.of("-o proxyjump=none", null),
                Arguments.of("-o StrictHostKeyChecking=no -J bastion", "bastion"),
                Arguments.of("-o ControlPersist=60s", null),
                Arguments.of("-o ProxyCommand='ssh -W %h:%p -q admin@bastion'", "admin@bastion"),
                Arguments.of("-o ProxyCommand=\"ssh -p 2222 -W %h:%p bastion\"", "bastion:2222"),
                Arguments.of("-o ProxyCommand=\"ssh -W %h:%p -p 2222 bastion\"", "bastion:2222"));
    }

    @ParameterizedTest
    @MethodSource
    void readsTheJumpHost(String arguments, String jump) {
        assertThat(SshArguments.jump(arguments)).isEqualTo(Optional.ofNullable(jump));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o IdentityFile=/x",
                "-i /x",
                "-J",
                "-F other",
                "-o ProxyCommand='nc %h %p'",
                "-o ProxyCommand='ssh -i key -W %h:%p bastion'"
            })
    void refusesWhatItDoesNotKnow(String arguments) {
        assertThatThrownBy(() -> SshArguments.jump(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not known here");
    }
}
