package kolla.runbooks.inventory;

import java.nio.file.Path;

/** A path as operators write it. */
final class HomePath {

    private HomePath() {}

    /** The path with {@code ~/} as the user's home; a relative one starts in the folder. */
    static Path of(Path folder, String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"))
                    .resolve(text.substring(1).replaceFirst("^/+", ""));
        }
        return folder.resolve(text);
    }
}
