package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinedClustersTest {

    @TempDir Path folder;

    private void age() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
    }

    @Test
    void namesItsClusters() {
        DefinedClusters clusters = new DefinedClusters(Map.of("b", folder, "a", folder));
        assertThat(clusters.names()).containsExactly("a", "b");
        assertThatThrownBy(() -> clusters.read("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster: \"c\" is not known; there are [a, b]");
    }

    @Test
    void readsAnUnchangedDefinitionOnce() throws IOException {
        DefinedClusters clusters = new Definition(folder).clusters();
        age();
        assertThat(clusters.read("lab")).isSameAs(clusters.read("lab"));
    }

    @Test
    void readsAChangedDefinitionAgain() throws IOException {
        Definition definition = new Definition(folder);
        DefinedClusters clusters = definition.clusters();
        age();
        clusters.read("lab");
        definition.file("globals.d/new.yml", "a: 1");
        assertThat(clusters.read("lab").globals().raw("a")).contains(1);
        definition.file("globals.d/new.yml", "a: 2");
        assertThat(clusters.read("lab").globals().raw("a")).contains(2);
        definition.without("globals.d/new.yml");
        assertThat(clusters.read("lab").globals().raw("a")).isEmpty();
    }

    @Test
    void saysWhenTheFolderDoesNotExist() {
        DefinedClusters clusters = new DefinedClusters(Map.of("a", folder.resolve("none")));
        assertThatThrownBy(() -> clusters.read("a"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("none: cluster \"a\": this folder does not exist");
    }
}
