package kolla.runbooks.hosts.ssh;

import java.util.List;
import java.util.Objects;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;

/**
 * The algorithms that connections may use: those that OpenSSH 8 and newer offer by default, without
 * SHA-1, CBC and DSA. sshj negotiates strict key exchange by itself (CVE-2023-48795).
 */
final class Algorithms {

    private static final List<String> KEY_EXCHANGES =
            List.of(
                    "curve25519-sha256",
                    "curve25519-sha256@libssh.org",
                    "ecdh-sha2-nistp256",
                    "ecdh-sha2-nistp384",
                    "ecdh-sha2-nistp521",
                    "diffie-hellman-group16-sha512",
                    "diffie-hellman-group18-sha512",
                    "ext-info-c");
    private static final List<String> CIPHERS =
            List.of(
                    "aes128-gcm@openssh.com",
                    "aes256-gcm@openssh.com",
                    "chacha20-poly1305@openssh.com",
                    "aes256-ctr",
                    "aes192-ctr",
                    "aes128-ctr");
    private static final List<String> MACS =
            List.of(
                    "hmac-sha2-256-etm@openssh.com",
                    "hmac-sha2-512-etm@openssh.com",
                    "hmac-sha2-256",
                    "hmac-sha2-512");
    private static final List<String> KEYS =
            List.of(
                    "ssh-ed25519-cert-v01@openssh.com",
                    "ssh-ed25519",
                    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp256",
                    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp384",
                    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp521",
                    "rsa-sha2-512",
                    "rsa-sha2-256");

    private Algorithms() {}

    /** A configuration for any number of connections. */
    static Config config() {
        DefaultConfig config = new DefaultConfig();
        config.setKeyExchangeFactories(only(config.getKeyExchangeFactories(), KEY_EXCHANGES));
        config.setCipherFactories(only(config.getCipherFactories(), CIPHERS));
        config.setMACFactories(only(config.getMACFactories(), MACS));
        config.setKeyAlgorithms(only(config.getKeyAlgorithms(), KEYS));
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        return config;
    }

    /** Those of the library that are in the list, in the list's order. */
    private static <T> List<Factory.Named<T>> only(
            List<Factory.Named<T>> offered, List<String> names) {
        return names.stream()
                .map(n -> offered.stream().filter(f -> f.getName().equals(n)).findFirst())
                .map(f -> f.orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }
}
