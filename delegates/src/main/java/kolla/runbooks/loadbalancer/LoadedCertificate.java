package kolla.runbooks.loadbalancer;

import java.util.Locale;
import java.util.Optional;

/**
 * A certificate as a running HAProxy has it in memory, in the words of its runtime socket.
 *
 * @param serial hexadecimal
 * @param sha1 of the certificate's binary form, lower-case hex
 */
record LoadedCertificate(String serial, String sha1) {

    private static final String SERIAL = "serial:";
    private static final String FINGERPRINT = "sha1 fingerprint:";

    /** From the answer to {@code show ssl cert FILE}; empty when HAProxy has no such file. Pure. */
    static Optional<LoadedCertificate> parse(String answer) {
        String serial = "";
        String sha1 = "";
        for (String line : answer.lines().toList()) {
            String small = line.strip().toLowerCase(Locale.ROOT);
            if (small.startsWith(SERIAL)) {
                serial = small.substring(SERIAL.length()).strip();
            } else if (small.startsWith(FINGERPRINT)) {
                sha1 = small.substring(FINGERPRINT.length()).strip().replace(":", "");
            }
        }
        return sha1.isEmpty() ? Optional.empty() : Optional.of(new LoadedCertificate(serial, sha1));
    }
}
