package kolla.runbooks.inventory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens texts of ansible-vault, format 1.1 and 1.2 with AES256. The format is in Ansible's user
 * guide ("Encrypting content with Ansible Vault", "Format of files encrypted with Ansible Vault"):
 * below the header, hexadecimal of three lines (salt, HMAC-SHA256, cipher text), each again
 * hexadecimal; PBKDF2-HMAC-SHA256 of 10,000 rounds gives 32 bytes for AES-CTR, 32 for the HMAC and
 * 16 for the counter; the plain text is padded by PKCS#7.
 */
final class Vault {

    private static final Pattern HEADER =
            Pattern.compile("\\$ANSIBLE_VAULT;1\\.(?:1;AES256|2;AES256;[^\\s;]+)");
    private static final int ROUNDS = 10_000;

    private Vault() {}

    static boolean isEncrypted(String text) {
        return text.stripLeading().startsWith("$ANSIBLE_VAULT;");
    }

    /**
     * @throws IllegalArgumentException when the text is damaged, of another format, or the password
     *     does not open it
     */
    static String open(String text, String password) {
        String[] lines = text.strip().split("\\R");
        if (!HEADER.matcher(lines[0].strip()).matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + lines[0].strip()
                            + "\" is not read here; the vault must be"
                            + " $ANSIBLE_VAULT;1.1;AES256 or $ANSIBLE_VAULT;1.2;AES256;<label>");
        }
        StringBuilder body = new StringBuilder();
        Arrays.stream(lines).skip(1).map(String::strip).forEach(body::append);
        try {
            String[] parts =
                    new String(unhex(body.toString()), StandardCharsets.US_ASCII).split("\n");
            if (parts.length != 3) {
                throw new IllegalArgumentException(
                        "the vault is damaged: it must have three parts");
            }
            return open(unhex(parts[0]), unhex(parts[1]), unhex(parts[2]), password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks a cipher of ansible-vault", e);
        }
    }

    private static String open(byte[] salt, byte[] seal, byte[] secret, String password)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 80 * 8);
        byte[] keys =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys, 32, 32, "HmacSHA256"));
        if (!MessageDigest.isEqual(mac.doFinal(secret), seal)) {
            throw new IllegalArgumentException(
                    "the vault's password does not open it, or it is damaged");
        }
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(keys, 0, 32, "AES"),
                new IvParameterSpec(keys, 64, 16));
        return new String(unpad(cipher.doFinal(secret)), StandardCharsets.UTF_8);
    }

    private static byte[] unpad(byte[] padded) throws BadPaddingException {
        int length = padded.length == 0 ? 0 : padded[padded.length - 1];
        if (length < 1 || length > 16 || length > padded.length) {
            throw new BadPaddingException("the vault's text is not padded");
        }
        return Arrays.copyOf(padded, padded.length - length);
    }

    private static byte[] unhex(String text) {
        try {
            return HexFormat.of().parseHex(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the vault is damaged: its lines must be hexadecimal digits in pairs", e);
        }
    }
}
