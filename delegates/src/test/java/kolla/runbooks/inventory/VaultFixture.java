package kolla.runbooks.inventory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts a text by the documented format of ansible-vault, with a fixed salt. */
final class VaultFixture {

    private VaultFixture() {}

    static String encrypt(String text, String password, String header) {
        try {
            byte[] salt = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
            byte[] keys =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(
                                    new PBEKeySpec(password.toCharArray(), salt, 10_000, 640))
                            .getEncoded();
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            int padding = 16 - plain.length % 16;
            byte[] padded = Arrays.copyOf(plain, plain.length + padding);
            Arrays.fill(padded, plain.length, padded.length, (byte) padding);
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keys, 0, 32, "AES"),
                    new IvParameterSpec(keys, 64, 16));
            byte[] secret = cipher.doFinal(padded);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys, 32, 32, "HmacSHA256"));
            HexFormat hex = HexFormat.of();
            String inner =
                    hex.formatHex(salt)
                            + "\n"
                            + hex.formatHex(mac.doFinal(secret))
                            + "\n"
                            + hex.formatHex(secret);
            String body = hex.formatHex(inner.getBytes(StandardCharsets.US_ASCII));
            return header + "\n" + body.replaceAll("(.{80})", "$1\n") + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
