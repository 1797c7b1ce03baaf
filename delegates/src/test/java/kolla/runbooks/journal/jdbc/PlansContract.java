package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.PlanRecord;
import org.junit.jupiter.api.Test;

/** What every database under the plans has to do alike. */
abstract class PlansContract extends JournalFixture {

    @Test
    void countsThePlansOfARunAndKeepsAnUnchangedOne() {
        PlanRecord first = plans.record(run, "aa", "{\"a\":1}", "one");
        PlanRecord same = plans.record(run, "aa", "{\"a\":1}", "one");
        PlanRecord second = plans.record(run, "bb", "{\"a\":2}", "two");
        PlanRecord back = plans.record(run, "aa", "{\"a\":1}", "one");

        assertThat(same).isEqualTo(first);
        assertThat(List.of(first.version(), second.version(), back.version()))
                .containsExactly(1, 2, 3);
        assertThat(plans.newest(run)).contains(back);
        assertThat(plans.version(run, 2)).contains(second);
        assertThat(plans.version(run, 4)).isEmpty();
        assertThat(plans.newest(rival)).isEmpty();
    }

    @Test
    void keepsEveryDecisionInOrder() {
        Instant at = now();
        Approval no = new Approval(run, "aa", "ann", false, "why mariadb?", at);
        Approval yes = new Approval(run, "bb", "bob", true, "", at);

        plans.decided(no);
        plans.decided(yes);

        assertThat(plans.approvals(run)).containsExactly(no, yes);
    }

    @Test
    void takesPlansOfManyMegabytes() {
        String json = "\"" + "x".repeat(3_000_000) + "\"";

        plans.record(run, "aa", json, "long");

        assertThat(plans.newest(run).orElseThrow().json()).isEqualTo(json);
    }
}
