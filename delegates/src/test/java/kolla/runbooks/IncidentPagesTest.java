package kolla.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every incident code that the product can show has a page, and every page a code. */
class IncidentPagesTest {

    private static final Pattern CODE = Pattern.compile("KR-[A-Z]+-\\d{3}");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyCodeInTheSourceHasAPage() throws IOException {
        Set<String> missing = new TreeSet<>(codesInSource());
        missing.removeAll(pages());

        assertThat(missing).as("codes without a page in ops-runbooks/errors").isEmpty();
    }

    @Test
    void everyPageBeginsWithItsCode() throws IOException {
        for (String code : pages()) {
            assertThat(Files.readString(ROOT.resolve("ops-runbooks/errors/" + code + ".md")))
                    .startsWith("# " + code + ": ");
        }
    }

    private static Set<String> codesInSource() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String module : List.of("delegates", "app")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    Matcher matcher = CODE.matcher(Files.readString(file));
                    while (matcher.find()) {
                        codes.add(matcher.group());
                    }
                }
            }
        }
        return codes;
    }

    private static Set<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("ops-runbooks/errors"))) {
            Set<String> names = new TreeSet<>();
            files.forEach(f -> names.add(f.getFileName().toString().replace(".md", "")));
            return names;
        }
    }
}
