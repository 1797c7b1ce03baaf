package kolla.runbooks.memcached;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Lets only the hosts of the cluster reach a TCP port of a host, by a packet filter chain of our
 * own. Memcached asks nobody for a password, and tokens lie in it.
 *
 * <p>The chain does not outlive a restart of the host; the next deployment sees that and makes it
 * anew. Fails with {@code KR-MEMCACHED-003} when the host's packet filter refuses.
 */
final class Fence {

    /** Prints the rules of the chain and of those that lead to it; nothing when there are none. */
    private static final String LOOK =
            """
            command -v iptables >/dev/null || { echo 'there is no iptables' >&2; exit 1; }
            iptables -w 5 -S "$1" 2>/dev/null
            iptables -w 5 -S INPUT | grep -F -- "-j $1"
            exit 0
            """;

    /** The chain is replaced as a whole, so that it is never half there. */
    private static final String SET =
            """
            set -e
            chain=$1 port=$2; shift 2
            {
              echo '*filter'
              echo ":$chain - [0:0]"
              for source in "$@"; do echo "-A $chain -s $source -j RETURN"; done
              echo "-A $chain -i lo -j RETURN"
              echo "-A $chain -j DROP"
              echo COMMIT
            } | iptables-restore -w 5 --noflush
            iptables -w 5 -C INPUT -p tcp -m tcp --dport "$port" -j "$chain" 2>/dev/null ||
              iptables -w 5 -I INPUT 1 -p tcp -m tcp --dport "$port" -j "$chain"
            """;

    private Fence() {}

    /** Whether the fence stands on this host as it should. */
    static boolean stands(RolloutContext context, Host host, int port) {
        CommandResult seen = run(context, host, Command.script(LOOK, chain(port)));
        return seen.out().lines().toList().equals(rules(port, sources(context)));
    }

    static void set(RolloutContext context, Host host, int port) {
        List<String> arguments = new ArrayList<>(List.of(chain(port), String.valueOf(port)));
        Set<String> sources = sources(context);
        arguments.addAll(sources);
        context.journal()
                .perform(
                        host.name(),
                        "fence port " + port,
                        "only " + sources + " may connect",
                        () -> {
                            run(
                                    context,
                                    host,
                                    Command.script(SET, arguments.toArray(String[]::new)));
                            return "set";
                        });
    }

    /** What {@code iptables -S} prints when the fence stands. Pure. */
    static List<String> rules(int port, Set<String> sources) {
        String chain = chain(port);
        List<String> rules = new ArrayList<>();
        rules.add("-N " + chain);
        sources.forEach(s -> rules.add("-A " + chain + " -s " + s + " -j RETURN"));
        rules.add("-A " + chain + " -i lo -j RETURN");
        rules.add("-A " + chain + " -j DROP");
        rules.add("-A INPUT -p tcp -m tcp --dport " + port + " -j " + chain);
        return rules;
    }

    private static String chain(int port) {
        return "KR-FENCE-" + port;
    }

    /** The hosts that run any service of the cluster, and the virtual address. */
    private static Set<String> sources(RolloutContext context) {
        Set<String> addresses = new TreeSet<>();
        context.deployment().services().stream()
                .flatMap(s -> s.hosts().stream())
                .map(h -> MemcachedRollout.address(context, h))
                .forEach(a -> addresses.add(numeric(a) + "/32"));
        addresses.add(numeric(context.deployment().vip()) + "/32");
        return addresses;
    }

    private static String numeric(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new RunbookFailure(
                    "KR-MEMCACHED-003",
                    RunbookFailure.Remedy.PERSON,
                    java.util.Optional.empty(),
                    "address \"" + address + "\": is no address and has no name record",
                    List.of(),
                    e);
        }
    }

    private static CommandResult run(RolloutContext context, Host host, Command command) {
        CommandResult result = context.connection(host).run(command);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-MEMCACHED-003",
                    host.name(),
                    "the packet filter could not be " + "read or set (exit " + result.exit() + ")",
                    result.err());
        }
        return result;
    }
}
