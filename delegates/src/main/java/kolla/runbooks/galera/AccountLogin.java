package kolla.runbooks.galera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which passwords an account can log in, as hashes of {@code mysql_native_password}: MariaDB
 * takes several since 10.4 and tries one after the other. Pure.
 *
 * @param hashes in the order in which the server tries them
 */
record AccountLogin(List<String> hashes) {

    private static final String HASH = "'(\\*[0-9A-F]{40})'";
    private static final String PLUGIN = "mysql_native_password (?:USING|AS) " + HASH;
    private static final Pattern WHOLE =
            Pattern.compile(
                    "(?s)CREATE USER \\S+ IDENTIFIED (?:BY PASSWORD "
                            + HASH
                            + "|VIA "
                            + PLUGIN
                            + ")(?: OR "
                            + PLUGIN
                            + ")*(?: (?:REQUIRE|WITH|PASSWORD|ACCOUNT) .*)?");
    private static final Pattern EACH = Pattern.compile(HASH);

    AccountLogin {
        hashes = List.copyOf(hashes);
    }

    /**
     * @param created what {@code SHOW CREATE USER} prints
     * @return empty when the account logs in by anything else besides, for example a socket
     */
    static Optional<AccountLogin> parse(String created) {
        if (!WHOLE.matcher(created.strip()).matches()) {
            return Optional.empty();
        }
        List<String> hashes = new ArrayList<>();
        Matcher each = EACH.matcher(created);
        while (each.find()) {
            hashes.add(each.group(1));
        }
        return Optional.of(new AccountLogin(hashes));
    }

    boolean takes(String password) {
        return hashes.contains(hash(password));
    }

    boolean takesOnly(String password) {
        return hashes.equals(List.of(hash(password)));
    }

    /** The same, and one password more. */
    AccountLogin and(String password) {
        List<String> more = new ArrayList<>(hashes);
        more.add(hash(password));
        return new AccountLogin(more);
    }

    static AccountLogin only(String password) {
        return new AccountLogin(List.of(hash(password)));
    }

    /**
     * @param who the account as SQL names it
     */
    String alter(String who) {
        return "ALTER USER "
                + who
                + " IDENTIFIED VIA "
                + String.join(
                        " OR ",
                        hashes.stream()
                                .map(h -> "mysql_native_password USING '" + h + "'")
                                .toList())
                + ";";
    }

    /** As the server makes it: a star and SHA-1 of SHA-1, upper-case hex. */
    static String hash(String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
