package kolla.runbooks.inventory;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/** Makes key pairs for SSH in the form that Kolla writes: PKCS#8 in PEM, and a line of OpenSSH. */
final class SshKeys {

    /** As safe as AES-128 (NIST SP 800-57), and OpenSSH of every supported image reads it. */
    private static final int BITS = 3072;

    private SshKeys() {}

    static Map<String, String> pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            KeyPair pair = generator.generateKeyPair();
            String body =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded());
            return Map.of(
                    "private_key",
                    "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n",
                    "public_key",
                    "ssh-rsa "
                            + Base64.getEncoder()
                                    .encodeToString(wire((RSAPublicKey) pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make RSA keys", e);
        }
    }

    /** RFC 4253, 6.6: name, exponent and modulus, each with its length before it. */
    private static byte[] wire(RSAPublicKey key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
        part(out, bytes(key.getPublicExponent()));
        part(out, bytes(key.getModulus()));
        return out.toByteArray();
    }

    private static byte[] bytes(BigInteger number) {
        return number.toByteArray();
    }

    private static void part(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
