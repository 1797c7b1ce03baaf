package kolla.runbooks.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files of the catalogue that travels inside the program. */
final class BuiltInCatalog {

    private static final String ROOT = "config-templates/";

    private BuiltInCatalog() {}

    /** Their texts by their path below {@code config-templates}. */
    static Map<String, String> files() {
        try {
            Resource[] found =
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + ROOT + "**/*.*");
            Map<String, String> files = new TreeMap<>();
            for (Resource resource : found) {
                String url = resource.getURL().toString();
                files.put(
                        url.substring(url.lastIndexOf(ROOT) + ROOT.length()),
                        resource.getContentAsString(StandardCharsets.UTF_8));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own catalogue cannot be read", e);
        }
    }
}
