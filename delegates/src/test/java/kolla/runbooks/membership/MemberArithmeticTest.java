package kolla.runbooks.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.maintenance.Standing;
import kolla.runbooks.membership.MemberArithmetic.Row;
import org.junit.jupiter.api.Test;

class MemberArithmeticTest {

    private static final List<String> THREE = List.of("ctl1", "ctl2", "ctl3");

    @Test
    void refusesToTakeOneOfTwoThatServe() {
        List<String> refusals =
                MemberArithmetic.refusals(
                        List.of(
                                row(
                                        THREE,
                                        List.of("ctl1", "ctl2", "ctl4"),
                                        standing(List.of("ctl1"), List.of("ctl2"), 2))),
                        "ctl3");

        assertThat(refusals)
                .containsExactly(
                        "mariadb without ctl3: 1 of 3 left (ctl2 is away already), needed: 2");
    }

    @Test
    void refusesToTakeTheLastOne() {
        assertThat(
                        MemberArithmetic.refusals(
                                List.of(
                                        row(
                                                List.of("ctl3"),
                                                List.of(),
                                                standing(List.of(), List.of(), 1))),
                                "ctl3"))
                .singleElement()
                .asString()
                .contains("would run nowhere without ctl3");
    }

    @Test
    void lets1Of3GoWhile2Serve() {
        assertThat(
                        MemberArithmetic.refusals(
                                List.of(
                                        row(
                                                THREE,
                                                List.of("ctl1", "ctl2"),
                                                standing(List.of("ctl1", "ctl2"), List.of(), 2))),
                                "ctl3"))
                .isEmpty();
    }

    @Test
    void saysThatTwoMembersTolerateNoLoss() {
        assertThat(
                        MemberArithmetic.sentence(
                                row(
                                        THREE,
                                        List.of("ctl1", "ctl2"),
                                        standing(List.of("ctl1", "ctl2"), List.of(), 2))))
                .isEqualTo(
                        "mariadb: ctl1 ctl2 ctl3 → ctl1 ctl2; meanwhile 2 of 3 left, needed: 2;"
                                + " afterwards it can do without 0 of 2, so that none may fail (an"
                                + " even number tolerates no more than 1)");
    }

    @Test
    void saysWhatFourTolerate() {
        assertThat(
                        MemberArithmetic.sentence(
                                new Row(
                                        "mariadb",
                                        THREE,
                                        List.of("ctl1", "ctl2", "ctl3", "ctl4"),
                                        3,
                                        Optional.empty())))
                .endsWith(
                        "afterwards it can do without 1 of 4 (an even number tolerates no more than"
                                + " 3)");
    }

    private static Row row(List<String> before, List<String> after, Standing without) {
        return new Row("mariadb", before, after, after.size() / 2 + 1, Optional.of(without));
    }

    private static Standing standing(List<String> serving, List<String> away, int needed) {
        return new Standing(
                "mariadb",
                serving.size() + away.size() + 1,
                serving,
                away,
                needed,
                "is stopped",
                List.of("mariadb"));
    }
}
