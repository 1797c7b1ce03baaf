package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Replaces a file so that a reader sees the old one or the new one, never a half. */
final class AtomicFile {

    private AtomicFile() {}

    /** What is done to the new file before it takes the old one's place. */
    private interface Preparation {
        void of(Path file) throws IOException;
    }

    /** Writes secrets: with mode 0600, whatever the mode was before. */
    static void write(Path file, byte[] content) throws IOException {
        write(file, content, beside -> {});
    }

    /**
     * Writes a file that is there, which keeps its mode, owner and group.
     *
     * @throws IOException also when the file belongs to somebody else and this user cannot leave it
     *     theirs
     */
    static void replace(Path file, byte[] content) throws IOException {
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
        write(
                file,
                content,
                beside -> {
                    PosixFileAttributeView view =
                            Files.getFileAttributeView(beside, PosixFileAttributeView.class);
                    PosixFileAttributes now = view.readAttributes();
                    if (!now.owner().equals(old.owner())) {
                        view.setOwner(old.owner());
                    }
                    if (!now.group().equals(old.group())) {
                        view.setGroup(old.group());
                    }
                    view.setPermissions(old.permissions());
                });
    }

    private static void write(Path file, byte[] content, Preparation preparation)
            throws IOException {
        // A link stays a link: what it points to is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path beside =
                Files.createTempFile(
                        target.getParent(),
                        "." + target.getFileName(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            preparation.of(beside);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
