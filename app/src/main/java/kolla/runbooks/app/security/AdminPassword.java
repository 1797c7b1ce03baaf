package kolla.runbooks.app.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The password of an administrator that nobody named: random, in a file only its owner reads. */
final class AdminPassword {

    private static final int BYTES = 18;

    private AdminPassword() {}

    /** Makes one and writes it; an older file is replaced. */
    static String writeTo(Path file) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            // created with its mode, so that it is never readable by others, not even for a moment
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password + "\n", StandardOpenOption.WRITE);
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the admin password to " + file, e);
        }
    }
}
