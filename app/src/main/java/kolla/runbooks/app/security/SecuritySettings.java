package kolla.runbooks.app.security;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What security reads of the properties {@code runbooks.*}.
 *
 * @param home where the program keeps its own files
 * @param usersFile the users of the first start
 * @param scrapeUser a user that may read the metrics without being in any group
 */
@ConfigurationProperties("runbooks")
public record SecuritySettings(
        @DefaultValue("./data") String home,
        Optional<String> usersFile,
        Optional<String> scrapeUser) {

    Optional<Path> users() {
        return usersFile.filter(f -> !f.isBlank()).map(Path::of);
    }

    Path adminPasswordFile() {
        return Path.of(home).resolve("admin-password");
    }
}
