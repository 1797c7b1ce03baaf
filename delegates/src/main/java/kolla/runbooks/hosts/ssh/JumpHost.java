package kolla.runbooks.hosts.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads OpenSSH's ProxyJump: {@code [user@]host[:port]}, several with commas, first hop first. */
final class JumpHost {

    /** One machine on the way. */
    record Hop(String user, String address, int port) {
        @Override
        public String toString() {
            return user + "@" + address + ":" + port;
        }
    }

    private static final Pattern FORM =
            Pattern.compile("(?:([^@\\s]+)@)?(?:\\[([^\\]]+)\\]|([^:@\\s]+))(?::(\\d{1,5}))?");

    private JumpHost() {}

    /**
     * @param user who logs in where the text names nobody
     * @throws IllegalArgumentException when a part has another form; names it
     */
    static List<Hop> parse(Optional<String> jump, String user) {
        List<Hop> hops = new ArrayList<>();
        for (String part : jump.map(j -> j.split(",")).orElseGet(() -> new String[0])) {
            Matcher m = FORM.matcher(part.strip());
            if (!m.matches()) {
                throw new IllegalArgumentException(
                        "jump host: \"" + part + "\" is not of the form user@host:port");
            }
            String address = m.group(2) != null ? m.group(2) : m.group(3);
            int port = m.group(4) == null ? 22 : Integer.parseInt(m.group(4));
            hops.add(new Hop(m.group(1) == null ? user : m.group(1), address, port));
        }
        return hops;
    }
}
