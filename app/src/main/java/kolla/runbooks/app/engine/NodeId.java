package kolla.runbooks.app.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The name of this program among those that share the database: kept over restarts, and different
 * from that of every other program that runs. Default is the machine's host name.
 */
public record NodeId(String value) {

    private static final Pattern RIGHT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    public NodeId {
        if (!RIGHT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "runbooks.node-id: \""
                            + value
                            + "\" should be 1 to 40 letters, digits, dots, dashes or underscores");
        }
    }

    /** The configured name, or the host's where none is configured. */
    static NodeId of(String configured) {
        if (!configured.isBlank()) {
            return new NodeId(configured.strip());
        }
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return new NodeId(host.length() > 40 ? host.substring(0, 40) : host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "runbooks.node-id: not set, and this machine has no host name", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
