package kolla.runbooks.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparationPlanTest {

    private static final List<Change> ALL =
            List.of(
                    new Change.Names("ctl1", "digest", Map.of("ctl4", "10.0.0.4"), List.of()),
                    new Change.EngineFile("ctl4", "r:5000"),
                    new Change.Packages("ctl4", List.of("docker.io", "iptables")),
                    new Change.EngineStart("ctl4"),
                    new Change.Kernel("ctl4", Sights.KERNEL));

    @Test
    void aPlanIsReadAsItWasWritten() {
        PreparationPlan plan = plan(ALL);

        PreparationPlan read = PreparationPlan.parse(plan.json());

        assertThat(read).isEqualTo(plan);
        assertThat(read.digest()).isEqualTo(plan.digest());
        assertThat(plan.text("because")).contains("ctl1: ", "10.0.0.4", "because");
    }

    @Test
    void whatIsLeftOfAPlanIsCoveredByIt() {
        PreparationPlan approved = plan(ALL);

        assertThat(approved.covers(plan(List.of()))).isTrue();
        assertThat(approved.covers(plan(ALL.subList(3, 5)))).isTrue();
        assertThat(approved.covers(plan(List.of(new Change.Packages("ctl4", List.of("iptables"))))))
                .isTrue();
        assertThat(approved.covers(plan(List.of(new Change.Packages("ctl4", List.of()))))).isTrue();
    }

    @Test
    void whatWasNotApprovedIsNotCovered() {
        PreparationPlan approved = plan(ALL.subList(0, 3));

        assertThat(approved.covers(plan(ALL))).isFalse();
        assertThat(approved.covers(plan(List.of(new Change.Packages("ctl4", List.of("procps"))))))
                .isFalse();
        assertThat(approved.covers(plan(List.of(new Change.Packages("ctl1", List.of("iptables"))))))
                .isFalse();
    }

    private static PreparationPlan plan(List<Change> changes) {
        return new PreparationPlan("lab", "ctl4", changes, List.of("a note"));
    }
}
