package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kolla.runbooks.catalog.VersionRule;
import kolla.runbooks.catalog.VersionRule.VersionPath;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionStepsTest {

    private static final VersionRule BROKER =
            rule(
                    new VersionPath("3.10", List.of("3.11"), ""),
                    new VersionPath("3.13", List.of("4.0", "4.1"), "look at mirrored queues"));
    private static final VersionRule ANY = rule();

    @ParameterizedTest
    @CsvSource({
        "3.10.8, 3.10.8, Same",
        "3.10.8, 3.10.25, Allowed",
        "3.10.8, 3.11.2, Allowed",
        "3.13.7, 4.0.5, Allowed",
        "3.13.7, 4.1, Allowed",
        "3.10.8, 4.0.5, Refused",
        "3.10.8, 3.12.0, Refused",
        "3.12.0, 3.13.0, Refused",
        "4.0.5, 3.13.7, Refused",
        "3.1.5, 3.11.0, Refused"
    })
    void onlyTheCataloguesPathsAreAllowed(String from, String to, String verdict) {
        assertThat(decide(BROKER, from, to).getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void aRefusalNamesTheWayThatThereIs() {
        assertThat(decide(BROKER, "3.10.8", "4.0.5"))
                .isEqualTo(
                        new VersionStep.Refused(
                                "3.10.8 to 4.0.5 is no allowed step on the same data; from 3.10.8"
                                        + " one goes to 3.11"));
        assertThat(decide(BROKER, "3.9.1", "3.11.0"))
                .isEqualTo(
                        new VersionStep.Refused(
                                "3.9.1 to 3.11.0 is no allowed step on the same data; from 3.9.1"
                                        + " the catalogue knows no way on"));
    }

    @Test
    void aPathsNoteIsTold() {
        assertThat(decide(BROKER, "3.13.7", "4.0.5"))
                .isEqualTo(new VersionStep.Allowed("look at mirrored queues"));
    }

    @Test
    void withoutPathsAnyNewerVersionMayFollow() {
        assertThat(decide(ANY, "2.6.12", "3.0.11")).isEqualTo(new VersionStep.Allowed(""));
    }

    @Property
    void nothingOlderIsEverAllowed(
            @ForAll @IntRange(min = 0, max = 30) int major,
            @ForAll @IntRange(min = 0, max = 30) int minor,
            @ForAll @IntRange(min = 0, max = 30) int otherMajor,
            @ForAll @IntRange(min = 0, max = 30) int otherMinor) {
        VersionNumber from = VersionNumber.of(major + "." + minor);
        VersionNumber to = VersionNumber.of(otherMajor + "." + otherMinor);
        for (VersionRule rule : List.of(ANY, BROKER)) {
            boolean older = otherMajor < major || (otherMajor == major && otherMinor < minor);
            if (older) {
                assertThat(VersionSteps.decide(rule, from, to))
                        .isInstanceOf(VersionStep.Refused.class);
            }
        }
    }

    @Test
    void whatIsNoVersionIsNotGuessed() {
        assertThatThrownBy(() -> VersionNumber.of("10.11.x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"10.11.x\"");
    }

    private static VersionStep decide(VersionRule rule, String from, String to) {
        return VersionSteps.decide(rule, VersionNumber.of(from), VersionNumber.of(to));
    }

    private static VersionRule rule(VersionPath... paths) {
        return new VersionRule("broker", List.of("broker", "version"), "(.*)", List.of(paths));
    }
}
