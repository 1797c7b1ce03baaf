package kolla.runbooks.inventory;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first word of a host's line: a name or a range of them, perhaps with a port. An address of
 * IPv6 with a port stands in brackets.
 *
 * @param pattern without the port
 * @param names that the pattern means, in order
 */
record HostEntry(String pattern, Optional<Integer> port, List<String> names) {

    private static final Pattern IPV6_WITH_PORT =
            Pattern.compile("\\[([0-9A-Fa-f:.]*::[0-9A-Fa-f:.]*)](?::(\\d+))?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+(?:\\[[^]]*][^:]*)*):(\\d+)");

    static boolean isIpv6(String word) {
        return IPV6_WITH_PORT.matcher(word).matches();
    }

    /**
     * @throws IllegalArgumentException when a range is malformed; says what would be right
     */
    static HostEntry parse(String word) {
        Matcher ipv6 = IPV6_WITH_PORT.matcher(word);
        if (ipv6.matches()) {
            String address = ipv6.group(1);
            return new HostEntry(
                    address,
                    Optional.ofNullable(ipv6.group(2)).map(Integer::valueOf),
                    List.of(address));
        }
        Matcher plain = WITH_PORT.matcher(word);
        return plain.matches()
                ? new HostEntry(
                        plain.group(1),
                        Optional.of(Integer.valueOf(plain.group(2))),
                        HostPattern.expand(plain.group(1)))
                : new HostEntry(word, Optional.empty(), HostPattern.expand(word));
    }

    /** The word for another host or range on the same port. */
    String written(String other) {
        boolean ipv6 = other.contains("::");
        return port.map(p -> (ipv6 ? "[" + other + "]" : other) + ":" + p).orElse(other);
    }
}
