package kolla.runbooks.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kolla.runbooks.loadbalancer.BalancerDecision.Change;
import kolla.runbooks.loadbalancer.BalancerDecision.Nothing;
import kolla.runbooks.loadbalancer.BalancerDecision.Refuse;
import kolla.runbooks.loadbalancer.BalancerDecision.Wait;
import org.junit.jupiter.api.Test;

class BalancerLeavingTest {

    private static final BalancerNode HOLDER = node("a", true, true);
    private static final BalancerNode BACKUP = node("b", true, false);
    private static final BalancerNode STOPPED = node("c", false, false);

    @Test
    void theHolderHandsOverAndABackupJustLeaves() {
        List<BalancerNode> seen = List.of(HOLDER, BACKUP, STOPPED);

        assertThat(BalancerLeaving.decide(seen, "a")).isEqualTo(new Change(true));
        assertThat(BalancerLeaving.decide(seen, "b")).isEqualTo(new Change(false));
        assertThat(BalancerLeaving.decide(seen, "c")).isEqualTo(new Nothing());
    }

    @Test
    void theLastThatCouldServeStays() {
        assertThat(BalancerLeaving.decide(List.of(HOLDER, STOPPED), "a"))
                .isInstanceOfSatisfying(
                        Wait.class, w -> assertThat(w.code()).isEqualTo("KR-LB-001"));
    }

    @Test
    void nobodyLeavesWhileTwoHoldTheAddress() {
        List<BalancerNode> seen = List.of(HOLDER, node("b", true, true), node("d", true, false));

        assertThat(BalancerLeaving.decide(seen, "d"))
                .isInstanceOfSatisfying(
                        Wait.class, w -> assertThat(w.code()).isEqualTo("KR-LB-002"));
    }

    @Test
    void anAddressThatADeadKeepalivedLeftBehindIsNotNothing() {
        BalancerNode dead = new BalancerNode.Read("c", false, false, true, true);

        assertThat(BalancerLeaving.decide(List.of(dead, BACKUP), "c")).isEqualTo(new Change(true));
    }

    @Test
    void nobodyLeavesBesideTheUnknown() {
        List<BalancerNode> seen = List.of(HOLDER, BACKUP, new BalancerNode.Unread("c", "no route"));

        assertThat(BalancerLeaving.decide(seen, "b"))
                .isInstanceOfSatisfying(
                        Refuse.class, r -> assertThat(r.code()).isEqualTo("KR-LB-003"));
    }

    private static BalancerNode node(String host, boolean runs, boolean vip) {
        return new BalancerNode.Read(host, runs, runs, vip, false);
    }
}
