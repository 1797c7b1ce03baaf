package kolla.runbooks.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BalancerDecisionsTest {

    @Test
    void changesAllSideBySideWhileNobodyHoldsTheAddress() {
        List<BalancerNode> seen = List.of(absent("a"), absent("b"), absent("c"));

        assertThat(BalancerDecisions.order(seen)).containsExactly(List.of("a", "b", "c"));
        assertThat(BalancerDecisions.decide(seen, "a"))
                .isEqualTo(new BalancerDecision.Change(false));
    }

    @Test
    void changesTheHolderLast() {
        List<BalancerNode> seen = List.of(holder("a", true), backup("b", true), backup("c", true));

        assertThat(BalancerDecisions.order(seen))
                .containsExactly(List.of("b"), List.of("c"), List.of("a"));
        assertThat(BalancerDecisions.decide(seen, "a"))
                .isEqualTo(new BalancerDecision.Change(true));
    }

    @Test
    void waitsWhenNobodyCouldTakeTheAddressFromTheHolder() {
        List<BalancerNode> seen = List.of(holder("a", true), absent("b"), absent("c"));

        assertThat(BalancerDecisions.decide(seen, "a"))
                .isInstanceOfSatisfying(
                        BalancerDecision.Wait.class,
                        w -> assertThat(w.code()).isEqualTo("KR-LB-001"));
    }

    @Test
    void changesTheOnlyLoadBalancerThereIs() {
        assertThat(BalancerDecisions.decide(List.of(holder("a", true)), "a"))
                .isEqualTo(new BalancerDecision.Change(false));
    }

    @Test
    void mendsAnAddressThatADeadKeepalivedLeftBehindFirst() {
        BalancerNode.Read dead = new BalancerNode.Read("b", true, false, true, true);
        List<BalancerNode> seen = List.of(holder("a", true), dead, backup("c", true));

        assertThat(BalancerDecisions.order(seen))
                .containsExactly(List.of("b"), List.of("c"), List.of("a"));
        assertThat(BalancerDecisions.decide(seen, "b"))
                .isEqualTo(new BalancerDecision.Change(false));
        assertThat(BalancerDecisions.decide(seen, "c")).isInstanceOf(BalancerDecision.Wait.class);
    }

    @Test
    void refusesWhenAHostWasNotRead() {
        List<BalancerNode> seen =
                List.of(holder("a", true), new BalancerNode.Unread("b", "timed out"));

        assertThat(BalancerDecisions.decide(seen, "a"))
                .isInstanceOfSatisfying(
                        BalancerDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-LB-003"));
    }

    @Test
    void findsTheAddressAmongOthersThatBeginAlike() {
        String lines =
                """
                1: lo    inet 127.0.0.1/8 scope host lo
                2: eth0    inet 172.31.88.10/24 brd 172.31.88.255 scope global eth0
                2: eth0    inet 172.31.88.100/32 scope global eth0
                """;

        assertThat(BalancerObservation.holds(lines, "172.31.88.100")).isTrue();
        assertThat(BalancerObservation.holds(lines, "172.31.88.1")).isFalse();
    }

    @Test
    void checksWithTheFilesOfTheRealCommand() {
        assertThat(
                        HaproxyCheck.checkCommand(
                                "/usr/sbin/haproxy -W -db -f /etc/haproxy/haproxy.cfg -p /run/x"))
                .isEqualTo("/usr/sbin/haproxy -c -f /etc/haproxy/haproxy.cfg");
        assertThat(HaproxyCheck.checkCommand("/etc/haproxy/haproxy_run.sh"))
                .isEqualTo(
                        "/usr/sbin/haproxy -c -f /etc/haproxy/haproxy.cfg -f"
                                + " /etc/haproxy/services.d/");
    }

    @Test
    void readsServersFromTheStatistics() {
        String csv =
                """
                # pxname,svname,qcur,qmax,scur,smax,slim,stot,status,last_chk
                keystone_internal,FRONTEND,,,1,2,3,4,OPEN,
                keystone_internal,ctl1,0,0,2,4,,9,UP 1/3,"L7OK, fine"
                keystone_internal,ctl2,0,0,0,4,,9,DRAIN,
                keystone_internal,BACKEND,0,0,2,4,,9,UP,

                """;

        List<HaproxyServer> servers = HaproxyServer.parse(csv);

        assertThat(servers)
                .containsExactly(
                        new HaproxyServer("keystone_internal", "ctl1", "UP 1/3", 2),
                        new HaproxyServer("keystone_internal", "ctl2", "DRAIN", 0));
        assertThat(servers.get(0).up()).isTrue();
        assertThat(servers.get(1).takenOut()).isTrue();
    }

    private static BalancerNode.Read absent(String host) {
        return new BalancerNode.Read(host, false, false, false, true);
    }

    private static BalancerNode.Read holder(String host, boolean differs) {
        return new BalancerNode.Read(host, true, true, true, differs);
    }

    private static BalancerNode.Read backup(String host, boolean differs) {
        return new BalancerNode.Read(host, true, true, false, differs);
    }
}
