package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the file with the password of ansible-vault. In this order: {@code .vault_pass} in the
 * cluster's folder, {@code vault_password_file} of an {@code ansible.cfg} there, the environment's
 * {@code ANSIBLE_VAULT_PASSWORD_FILE}.
 */
final class VaultPassword {

    static final String ADVICE =
            "write its password into a file .vault_pass beside it, or name one in"
                    + " ANSIBLE_VAULT_PASSWORD_FILE";

    private static final Pattern SETTING =
            Pattern.compile("(?m)^\\s*vault_password_file\\s*=\\s*(\\S.*?)\\s*$");

    private VaultPassword() {}

    static Optional<Path> file(Path folder, Map<String, String> environment) {
        Path beside = folder.resolve(".vault_pass");
        if (Files.isRegularFile(beside)) {
            return Optional.of(beside);
        }
        Path configuration = folder.resolve("ansible.cfg");
        if (Files.isRegularFile(configuration)) {
            try {
                Matcher setting = SETTING.matcher(Files.readString(configuration));
                if (setting.find()) {
                    return Optional.of(HomePath.of(folder, setting.group(1)));
                }
            } catch (IOException e) {
                return Optional.of(configuration);
            }
        }
        return Optional.ofNullable(environment.get("ANSIBLE_VAULT_PASSWORD_FILE"))
                .filter(f -> !f.isBlank())
                .map(f -> HomePath.of(folder, f));
    }

    /**
     * @throws IllegalArgumentException when there is none or it cannot be used; says what to do
     */
    static String read(Path folder, Map<String, String> environment) {
        Path file =
                file(folder, environment)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "it is encrypted with ansible-vault; " + ADVICE));
        if (Files.isExecutable(file)) {
            throw new IllegalArgumentException(
                    "the vault's password file "
                            + file
                            + " is executable: a script is not run here; write the password into"
                            + " a plain file (mode 0600)");
        }
        try {
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new IllegalArgumentException(
                        "the vault's password file " + file + " is empty; " + ADVICE);
            }
            return password;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the vault's password file " + file + " cannot be read; " + ADVICE, e);
        }
    }
}
