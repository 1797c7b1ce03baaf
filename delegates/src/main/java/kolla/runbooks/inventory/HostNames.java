package kolla.runbooks.inventory;

import java.util.regex.Pattern;

/** What may be a host's name or address (RFC 1123, RFC 4291). */
final class HostNames {

    private static final Pattern LABEL =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private HostNames() {}

    /** Whether a host may be called so: a name of labels, or an address. */
    static boolean isName(String text) {
        if (isIp(text)) {
            return true;
        }
        return text.length() <= 253
                && !NUMBERS.matcher(text).matches()
                && java.util.Arrays.stream(text.split("\\.", -1))
                        .allMatch(l -> LABEL.matcher(l).matches());
    }

    /** Whether it is an address of IPv4 or IPv6. */
    static boolean isIp(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    private static boolean isIpv6(String text) {
        if (!IPV6_LETTERS.matcher(text).matches()) {
            return false;
        }
        try {
            // A text of these letters with a colon is never looked up.
            return java.net.InetAddress.getByName("[" + text + "]") != null;
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }
}
