package kolla.runbooks.preparation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.inventory.Variables;

/**
 * Kernel settings that a host of the control plane needs, with the source of each. Pure.
 *
 * <ul>
 *   <li>{@code net.ipv4.ip_nonlocal_bind = 1}, and the same of IPv6 where the kernel has it:
 *       HAProxy binds the virtual address on hosts that do not hold it; Kolla's load balancer sets
 *       both
 *   <li>{@code net.ipv4.tcp_retries2}, when {@code haproxy_host_ipv4_tcp_retries2} says so: with
 *       the kernel's own, clients of a virtual address that died hang for a quarter of an hour
 *       (LP#1917068)
 * </ul>
 *
 * <p>{@code set_sysctl: no} leaves the kernel to somebody else. Keepalived here does VRRP alone, so
 * the module {@code ip_vs} is not needed.
 */
final class KernelSettings {

    static final String PATH = "/etc/sysctl.d/60-kolla-runbooks.conf";
    private static final String UNSET = "KOLLA_UNSET";

    private KernelSettings() {}

    static Map<String, String> wanted(Variables variables) {
        Map<String, String> wanted = new TreeMap<>();
        if (variables.truth("set_sysctl", true)) {
            wanted.put("net.ipv4.ip_nonlocal_bind", "1");
            wanted.put("net.ipv6.ip_nonlocal_bind", "1");
            Optional<String> retries = variables.string("haproxy_host_ipv4_tcp_retries2");
            retries.map(String::strip)
                    .filter(r -> !r.isEmpty() && !r.equals(UNSET))
                    .ifPresent(r -> wanted.put("net.ipv4.tcp_retries2", r));
        }
        return wanted;
    }

    /** The text of the file that sets them at each boot. */
    static String file(Map<String, String> values) {
        StringBuilder text = new StringBuilder("# Written by kolla-runbooks (prepare-host).\n");
        new TreeMap<>(values)
                .forEach((k, v) -> text.append(k).append(" = ").append(v).append('\n'));
        return text.toString();
    }
}
