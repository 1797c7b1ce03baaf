package kolla.runbooks.galera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's configuration on a host, and settings that hold for one start only. Pure.
 *
 * <p>Kolla's start script copies the file into the container at every start, so what is written
 * here before a start and taken back after it needs no second start of the server, and the
 * container itself never carries a flag that would bootstrap again (M12).
 */
public final class GaleraCnf {

    /** On the host. */
    public static final String PATH = "/etc/kolla/" + GaleraSql.CONTAINER + "/galera.cnf";

    private static final String BEGIN = "# kolla-runbooks: for one start only, taken back after it";
    private static final String END = "# kolla-runbooks: end";
    private static final Pattern ADDRESS =
            Pattern.compile("(?m)^\\s*wsrep[_-]cluster[_-]address\\s*=\\s*(\\S*)");
    private static final Pattern BOOTSTRAP_OPTION =
            Pattern.compile(
                    "(?m)^\\s*wsrep[_-]provider[_-]options\\s*=.*pc\\.bootstrap\\s*=\\s*(yes|1|true|on)");
    private static final Pattern FLUSH =
            Pattern.compile("(?m)^\\s*innodb[_-]flush[_-]log[_-]at[_-]trx[_-]commit\\s*=\\s*(\\d)");

    private GaleraCnf() {}

    /** The same configuration with settings that win over the others until they are taken back. */
    public static String forOneStart(String configuration, List<String> settings) {
        String plain = plain(configuration);
        return plain
                + (plain.isEmpty() || plain.endsWith("\n") ? "" : "\n")
                + BEGIN
                + "\n[mysqld]\n"
                + String.join("\n", settings)
                + "\n"
                + END
                + "\n";
    }

    /** Without any settings for one start, as it was rendered. */
    public static String plain(String configuration) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : configuration.split("\n", -1)) {
            if (line.equals(BEGIN)) {
                inside = true;
            } else if (inside) {
                inside = !line.equals(END);
            } else {
                lines.add(line);
            }
        }
        return String.join("\n", lines);
    }

    /** The address of a cluster of which this node is to be the first member. */
    public static String bootstrapAddress() {
        return "wsrep_cluster_address = gcomm://";
    }

    /**
     * Whether a server that starts with this makes a new cluster: its last address is empty, or its
     * provider is told to bootstrap. A configuration without an address does not.
     */
    public static boolean bootstraps(String configuration) {
        Optional<String> address = last(ADDRESS, configuration);
        return address.filter(a -> a.matches("(\"|')?gcomm://(\"|')?")).isPresent()
                || BOOTSTRAP_OPTION.matcher(configuration).find();
    }

    /** {@code innodb_flush_log_at_trx_commit}; the server's own default is 1. */
    public static int flush(String configuration) {
        return last(FLUSH, configuration).map(Integer::parseInt).orElse(1);
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Optional<String> found = Optional.empty();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found = Optional.of(matcher.group(1));
        }
        return found;
    }
}
