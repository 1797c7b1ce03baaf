package kolla.runbooks.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's Chromium. Where there is none and it may be installed, it is. */
final class ChromiumBinary {

    private static final List<Path> PLACES =
            List.of(
                    Path.of("/usr/bin/chromium"),
                    Path.of("/usr/bin/chromium-browser"),
                    Path.of("/usr/bin/google-chrome"));
    private static final Path APT = Path.of("/usr/bin/apt-get");

    private ChromiumBinary() {}

    /** {@code -Drunbooks.chromium=/path} says which; else the first of the usual places. */
    static Path find() {
        return installed().or(ChromiumBinary::install).orElseThrow(ChromiumBinary::missing);
    }

    private static Optional<Path> installed() {
        return Stream.concat(
                        Stream.ofNullable(System.getProperty("runbooks.chromium")).map(Path::of),
                        PLACES.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        if (!Files.isExecutable(APT) || !"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        System.out.println("Installing chromium for the tests in the browser …");
        run(APT.toString(), "-o", "DPkg::Lock::Timeout=300", "update", "-qq");
        run(
                APT.toString(),
                "-o",
                "DPkg::Lock::Timeout=300",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "chromium",
                "fonts-dejavu-core");
        return installed();
    }

    private static void run(String... command) {
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static IllegalStateException missing() {
        return new IllegalStateException(
                "no Chromium in "
                        + PLACES
                        + "; install it (Debian: apt-get install chromium) or say where it is with"
                        + " -Drunbooks.chromium=/path/to/chromium");
    }
}
