package kolla.runbooks.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.PasswordGenerator;

/**
 * The command {@code generate-passwords FILE}: fills the empty values of a {@code passwords.yml}; a
 * file that is not there yet is made with every key that the services here need. Prints the names
 * of the keys it filled, never a value.
 */
final class GeneratePasswords {

    static final String NAME = "generate-passwords";

    private GeneratePasswords() {}

    /** Returns the exit code: 0 done, 1 the file cannot be filled, 2 called otherwise. */
    static int run(List<String> arguments) throws IOException {
        if (arguments.size() != 1) {
            System.err.println("usage: java -jar kolla-runbooks.jar " + NAME + " FILE");
            return 2;
        }
        Path file = Path.of(arguments.get(0));
        if (Files.notExists(file)) {
            try (InputStream empty =
                    GeneratePasswords.class.getResourceAsStream("/passwords.yml")) {
                Files.copy(empty, file);
            }
        }
        try {
            Set<String> filled = new PasswordGenerator(new SecureRandom()).fill(file, List.of());
            System.out.println(file + ": filled " + filled.size() + " " + filled);
            return 0;
        } catch (DefinitionException gaps) {
            System.err.println(gaps.getMessage());
            return 1;
        }
    }
}
