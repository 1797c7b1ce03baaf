package kolla.runbooks.galera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GaleraMembersTest {

    private static final Set<String> NOBODY = Set.of();

    @Test
    void everybodyIsLetInWhileNobodyHasLeft() {
        assertThat(
                        GaleraMembers.allowed(
                                NOBODY, Set.of("1", "2", "4"), Optional.empty(), Set.of("4")))
                .isEmpty();
    }

    @Test
    void whenOneHasLeftOnlyMembersAreLetIn() {
        assertThat(
                        GaleraMembers.allowed(
                                NOBODY, Set.of("1", "2", "4"), Optional.of("3"), Set.of("4")))
                .containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void whomARecoveryLeftOutsideStaysThere() {
        assertThat(
                        GaleraMembers.allowed(
                                Set.of("1", "2"),
                                Set.of("1", "2", "3", "4"),
                                Optional.empty(),
                                Set.of("4")))
                .containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void whoLeavesGoesFromTheListToo() {
        assertThat(
                        GaleraMembers.allowed(
                                Set.of("1", "2", "3"),
                                Set.of("1", "2", "4"),
                                Optional.of("3"),
                                Set.of("4")))
                .containsExactlyInAnyOrder("1", "2", "4");
    }
}
