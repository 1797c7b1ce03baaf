package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {

    @TempDir Path folder;

    private void write(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
    }

    private List<String> relative(List<Path> files) {
        return files.stream().map(f -> folder.relativize(f).toString()).toList();
    }

    @Test
    void ordersOsloFilesFromTheWholeCloudToTheOneHost() throws IOException {
        write(
                "keystone/ctl1/keystone.conf",
                "keystone/ctl2/keystone.conf",
                "keystone/keystone.conf",
                "keystone.conf",
                "global.conf",
                "nova.conf");
        assertThat(relative(new Overrides(folder).oslo("keystone", "keystone.conf", "ctl1")))
                .containsExactly(
                        "global.conf",
                        "keystone.conf",
                        "keystone/keystone.conf",
                        "keystone/ctl1/keystone.conf");
    }

    @Test
    void leavesGlobalConfOutOfWhatIsNoOsloFile() throws IOException {
        write("global.conf", "galera.cnf", "mariadb/ctl1/galera.cnf");
        assertThat(relative(new Overrides(folder).layered("mariadb", "galera.cnf", "ctl1")))
                .containsExactly("galera.cnf", "mariadb/ctl1/galera.cnf");
    }

    @Test
    void takesTheMostSpecialReplacement() throws IOException {
        Overrides overrides = new Overrides(folder);
        assertThat(overrides.replacement("rabbitmq", "rabbitmq.conf", "ctl1")).isEmpty();
        write("rabbitmq/rabbitmq.conf", "rabbitmq/ctl1/rabbitmq.conf");
        assertThat(overrides.replacement("rabbitmq", "rabbitmq.conf", "ctl1"))
                .contains(folder.resolve("rabbitmq/ctl1/rabbitmq.conf"));
        assertThat(overrides.replacement("rabbitmq", "rabbitmq.conf", "ctl2"))
                .contains(folder.resolve("rabbitmq/rabbitmq.conf"));
    }

    @Test
    void hasNothingWhereTheFolderDoesNotExist() {
        assertThat(new Overrides(folder.resolve("none")).oslo("a", "a.conf", "h")).isEmpty();
    }
}
