package kolla.runbooks.templates;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kolla.runbooks.inventory.ExpressionException;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Scope;

/**
 * Checks the addresses that services bind: a name in their place would be looked up by each program
 * in its own way, or refused when it starts.
 */
final class Addresses {

    private static final String VIP = "kolla_internal_vip_address";
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private final ClusterScopes scopes;
    private final Path folder;
    private final Gaps gaps;
    private String vip = "";

    Addresses(ClusterScopes scopes, Path folder, Gaps gaps) {
        this.scopes = scopes;
        this.folder = folder;
        this.gaps = gaps;
    }

    /**
     * @param hosts those that run anything
     */
    void check(List<Host> hosts) {
        vip = check(VIP, scopes.shared(), "", "set it in globals.yml").orElse("");
        check("kolla_external_vip_address", scopes.shared(), "", "set it in globals.yml");
        Set<String> seen = new LinkedHashSet<>();
        for (Host host : hosts) {
            String where = " of host " + host.name();
            String what = "api_interface_address" + where;
            check(
                            "api_interface_address",
                            scopes.of(host),
                            where,
                            "set it for the host in the inventory")
                    .filter(a -> !seen.add(a))
                    .ifPresent(a -> gap(what + ": \"" + a + "\" is another host's too"));
        }
    }

    /** The internal virtual address, once checked. */
    String vip() {
        return vip;
    }

    private Optional<String> check(String name, Scope scope, String where, String remedy) {
        try {
            String address = scope.find(name).map(String::valueOf).orElse("");
            if (IPV4.matcher(address).matches()) {
                return Optional.of(address);
            }
            gap(name + where + ": \"" + address + "\" is no IPv4 address; " + remedy);
        } catch (ExpressionException e) {
            gap(name + where + ": " + e.getMessage() + "; " + remedy);
        }
        return Optional.empty();
    }

    private void gap(String what) {
        gaps.add(new Gap(folder, 0, what));
    }
}
