package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropertiesMergeTest {

    @Test
    void putsALaterValueInTheSamePlace() {
        assertThat(PropertiesMerge.merge(List.of("# kept\na = 1\nb = 2\n", "a=9\n")))
                .isEqualTo("# kept\na=9\nb = 2\n");
    }

    @Test
    void addsNewKeysAtTheEnd() {
        assertThat(PropertiesMerge.merge(List.of("a = 1\n", "# theirs\nz = 3\n")))
                .isEqualTo("a = 1\nz = 3\n");
    }

    @Test
    void keepsWhatFollowsTheFirstEqualsSign() {
        assertThat(PropertiesMerge.merge(List.of("x = \"a=b\"\n", "x = \"c=d\"\n")))
                .isEqualTo("x = \"c=d\"\n");
    }

    @Test
    void tellsExportedVariablesFromOthers() {
        assertThat(PropertiesMerge.merge(List.of("export PORT=1\nPORT=2\n", "export PORT=3\n")))
                .isEqualTo("export PORT=3\nPORT=2\n");
    }
}
