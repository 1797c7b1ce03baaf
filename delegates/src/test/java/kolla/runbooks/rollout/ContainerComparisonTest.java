package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerComparisonTest {

    private static final List<String> ZONE =
            List.of("/etc/localtime:/etc/localtime:ro", "/etc/timezone:/etc/timezone:ro");
    private static final DesiredContainer DESIRED = Samples.container("keystone", "debug = false");

    @Test
    void leavesAContainerAloneThatIsAsItShouldBe() {
        assertThat(Samples.asDesired(DESIRED).delta(DESIRED).kind())
                .isEqualTo(ContainerDelta.Kind.NONE);
    }

    @Test
    void createsWhatIsMissing() {
        ContainerDelta delta = Samples.bare().delta(DESIRED);

        assertThat(delta.kind()).isEqualTo(ContainerDelta.Kind.CREATE);
        assertThat(delta.reasons()).containsExactly(RestartReason.MISSING);
    }

    static Stream<Arguments> differences() {
        return Stream.of(
                difference(RestartReason.IMAGE, s -> withImage(s, "registry/keystone:2")),
                difference(
                        RestartReason.ENVIRONMENT,
                        s -> s.withEnvironment(new TreeMap<>(Map.of("DEBUG", "1")))),
                difference(RestartReason.RESTART_POLICY, s -> s.withRestartPolicy("no")),
                difference(RestartReason.VOLUMES, s -> withVolumes(s, List.of("a:/a"))),
                difference(RestartReason.PRIVILEGES, ContainerComparisonTest::privileged),
                difference(RestartReason.HEALTH_CHECK, s -> withHealth(s, "curl", 5)));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void recreatesWhatWasMadeOtherwise(RestartReason reason, UnaryOperator<ContainerSpec> change) {
        DesiredContainer wanted =
                new DesiredContainer(change.apply(DESIRED.spec()), DESIRED.files(), List.of());

        ContainerDelta delta =
                ContainerComparison.decide(
                        wanted,
                        Optional.of(Samples.running(DESIRED.spec())),
                        Optional.of(Samples.IMAGE_ID),
                        true);

        assertThat(delta.kind()).isEqualTo(ContainerDelta.Kind.RECREATE);
        assertThat(delta.reasons()).containsExactly(reason);
    }

    @Test
    void recreatesWhenTheTagNamesAnotherImageNow() {
        ContainerDelta delta =
                ContainerComparison.decide(
                        DESIRED,
                        Optional.of(Samples.running(DESIRED.spec())),
                        Optional.of("sha256:bbbb"),
                        true);

        assertThat(delta).isEqualTo(recreate(RestartReason.IMAGE));
    }

    @Test
    void theOrderOfVolumesMeansNothing() {
        ContainerSpec reversed =
                withVolumes(
                        DESIRED.spec(),
                        List.of("kolla_logs:/var/log/kolla/", "keystone:/var/lib/keystone"));

        ContainerDelta delta =
                ContainerComparison.decide(
                        DESIRED,
                        Optional.of(Samples.running(reversed)),
                        Optional.of(Samples.IMAGE_ID),
                        true);

        assertThat(delta.needed()).isFalse();
    }

    @Test
    void recreatesWhatIsLabelledAsSomethingElse() {
        ContainerDelta delta =
                ContainerComparison.decide(
                        made(labelled(DESIRED.spec(), "glance")),
                        Optional.of(Samples.running(labelled(DESIRED.spec(), "keystone"))),
                        Optional.of(Samples.IMAGE_ID),
                        true);

        assertThat(delta).isEqualTo(recreate(RestartReason.LABELS));
    }

    static Stream<UnaryOperator<ContainerSpec>> trifles() {
        return Stream.of(
                s -> labelled(s, "keystone"),
                s -> withHealth(s, "healthcheck_curl", 60),
                s -> withVolumes(s, Stream.concat(s.volumes().stream(), ZONE.stream()).toList()));
    }

    @ParameterizedTest
    @MethodSource("trifles")
    void whatChangesNothingAboutHowItServesIsNoReason(UnaryOperator<ContainerSpec> trifle) {
        ContainerSpec plain = withHealth(DESIRED.spec(), "healthcheck_curl", 5);

        for (List<ContainerSpec> pair :
                List.of(List.of(trifle.apply(plain), plain), List.of(plain, trifle.apply(plain)))) {
            assertThat(
                            ContainerComparison.decide(
                                            made(pair.get(0)),
                                            Optional.of(Samples.running(pair.get(1))),
                                            Optional.of(Samples.IMAGE_ID),
                                            true)
                                    .reasons())
                    .isEmpty();
        }
    }

    @Test
    void labelsOfOthersOnAContainerMeanNothing() {
        ContainerDelta delta =
                ContainerComparison.decide(
                        DESIRED,
                        Optional.of(Samples.running(labelled(DESIRED.spec(), "keystone"))),
                        Optional.of(Samples.IMAGE_ID),
                        true);

        assertThat(delta.needed()).isFalse();
    }

    @Test
    void restartsWhenOnlyItsConfigurationDiffers() {
        DesiredContainer changed = Samples.container("keystone", "debug = true");

        assertThat(Samples.asDesired(DESIRED).delta(changed))
                .isEqualTo(
                        new ContainerDelta(
                                ContainerDelta.Kind.RESTART, List.of(RestartReason.CONFIGURATION)));
    }

    @Test
    void restartsWhenTheFileWasPutButTheProgramDiedBeforeTheRestart() {
        DesiredContainer changed = Samples.container("keystone", "debug = true");
        HostObservation filesThere = Samples.asDesired(changed);
        HostObservation noteOfBefore =
                new HostObservation(
                        filesThere.files(),
                        Map.of("keystone", ConfigFiles.digest(DESIRED)),
                        filesThere.containers(),
                        filesThere.images());

        assertThat(noteOfBefore.delta(changed).kind()).isEqualTo(ContainerDelta.Kind.RESTART);
    }

    @Test
    void reloadsWhereTheServiceCan() {
        DesiredContainer changed =
                new DesiredContainer(
                        DESIRED.spec(),
                        List.of(Samples.file("keystone", "debug = true")),
                        List.of("kill", "-USR2", "1"));

        assertThat(Samples.asDesired(DESIRED).delta(changed).kind())
                .isEqualTo(ContainerDelta.Kind.RELOAD);
    }

    @Test
    void startsWhatHasEnded() {
        ContainerDelta delta =
                ContainerComparison.decide(
                        DESIRED,
                        Optional.of(Samples.ended(DESIRED.spec())),
                        Optional.of(Samples.IMAGE_ID),
                        true);

        assertThat(delta)
                .isEqualTo(
                        new ContainerDelta(
                                ContainerDelta.Kind.START, List.of(RestartReason.NOT_RUNNING)));
    }

    private static ContainerDelta recreate(RestartReason reason) {
        return new ContainerDelta(ContainerDelta.Kind.RECREATE, List.of(reason));
    }

    private static Arguments difference(RestartReason reason, UnaryOperator<ContainerSpec> change) {
        return Arguments.of(reason, change);
    }

    private static ContainerSpec withImage(ContainerSpec s, String image) {
        return copy(s, image, s.volumes(), s.labels(), s.privileged());
    }

    private static ContainerSpec withVolumes(ContainerSpec s, List<String> volumes) {
        return copy(s, s.image(), volumes, s.labels(), s.privileged());
    }

    private static ContainerSpec privileged(ContainerSpec s) {
        return copy(s, s.image(), s.volumes(), s.labels(), true);
    }

    private static ContainerSpec labelled(ContainerSpec s, String value) {
        return copy(
                s,
                s.image(),
                s.volumes(),
                new TreeMap<>(Map.of("kolla_service", value)),
                s.privileged());
    }

    private static ContainerSpec withHealth(ContainerSpec s, String test, int startPeriod) {
        Duration time = Duration.ofSeconds(30);
        return new ContainerSpec(
                s.name(),
                s.image(),
                s.volumes(),
                s.environment(),
                s.labels(),
                s.privileged(),
                s.capabilities(),
                s.tmpfs(),
                s.pidMode(),
                s.restartPolicy(),
                Optional.of(
                        new ContainerSpec.Health(
                                List.of("CMD-SHELL", test),
                                time,
                                time,
                                3,
                                Duration.ofSeconds(startPeriod))),
                s.stopTimeout());
    }

    private static DesiredContainer made(ContainerSpec spec) {
        return new DesiredContainer(spec, DESIRED.files(), List.of());
    }

    private static ContainerSpec copy(
            ContainerSpec s,
            String image,
            List<String> volumes,
            java.util.SortedMap<String, String> labels,
            boolean privileged) {
        return new ContainerSpec(
                s.name(),
                image,
                volumes,
                s.environment(),
                labels,
                privileged,
                s.capabilities(),
                s.tmpfs(),
                s.pidMode(),
                s.restartPolicy(),
                s.health(),
                s.stopTimeout());
    }
}
