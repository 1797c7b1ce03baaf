package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.RolloutContext;

/** What verification says about virtual address and balancers. */
final class BalancerFindings {

    private static final String SERVER_DOWN = "KR-LB-005";

    private BalancerFindings() {}

    static List<Finding> of(RolloutContext context, List<BalancerNode> seen) {
        List<Finding> findings = new ArrayList<>(vip(context.deployment().vip(), seen));
        Map<Host, FanOut.Outcome<List<HaproxyServer>>> servers =
                context.fanOut()
                        .each(context.service().hosts(), h -> HaproxySocket.servers(context, h));
        servers.forEach(
                (host, outcome) -> {
                    if (outcome instanceof FanOut.Outcome.Done<List<HaproxyServer>> done) {
                        findings.add(
                                servers(
                                        host.name(),
                                        done.value().stream()
                                                .filter(s -> !context.out().contains(s.server()))
                                                .toList()));
                    } else {
                        findings.add(
                                Finding.bad(
                                        SERVER_DOWN,
                                        host.name(),
                                        "HAProxy on " + host.name() + " does not answer"));
                    }
                });
        return findings;
    }

    /** Exactly one holder, and nobody unread. Pure. */
    static List<Finding> vip(String address, List<BalancerNode> seen) {
        List<Finding> findings = new ArrayList<>();
        for (BalancerNode node : seen) {
            if (node instanceof BalancerNode.Unread unread) {
                findings.add(
                        Finding.bad(
                                BalancerDecisions.UNREAD,
                                unread.host(),
                                unread.host() + " could not be read: " + unread.why()));
            } else if (node instanceof BalancerNode.Read read && !read.able()) {
                findings.add(
                        Finding.bad(
                                BalancerDecisions.NO_TAKER,
                                read.host(),
                                read.host()
                                        + " could not take the virtual address: "
                                        + (read.haproxy() ? "Keepalived" : "HAProxy")
                                        + " does not run"));
            }
        }
        List<String> holders = BalancerDecisions.holders(seen);
        findings.add(
                holders.size() == 1
                        ? Finding.good(
                                BalancerDecisions.HOLDERS,
                                "the virtual address " + address + " is on " + holders.get(0))
                        : Finding.bad(
                                BalancerDecisions.HOLDERS,
                                "the virtual address "
                                        + address
                                        + " is on "
                                        + (holders.isEmpty() ? "no host" : holders)
                                        + " instead of exactly one"));
        return findings;
    }

    /** All servers of one HAProxy. Pure. */
    static Finding servers(String host, List<HaproxyServer> servers) {
        List<String> down =
                servers.stream()
                        .filter(s -> !s.up())
                        .map(s -> s.backend() + "/" + s.server() + " is " + s.status())
                        .toList();
        return down.isEmpty()
                ? Finding.good(
                        SERVER_DOWN,
                        "HAProxy on " + host + " sees all its " + servers.size() + " servers up")
                : Finding.bad(
                        SERVER_DOWN, host, "HAProxy on " + host + ": " + String.join(", ", down));
    }
}
