package kolla.runbooks.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.Test;

class DesiredContainerTest {

    private final DesiredContainer keystone =
            Samples.service("keystone", "", 5000, Samples.CTL1).on(Samples.CTL1).get(0);

    @Test
    void knowsTheVolumeAtAPath() {
        assertThat(keystone.volumeAt("/var/lib/keystone")).isEqualTo("keystone");
        assertThat(keystone.volumeAt("/var/log/kolla")).isEqualTo("kolla_logs");
    }

    @Test
    void saysWhatIsMountedWhenThereIsNone() {
        assertThatThrownBy(() -> keystone.volumeAt("/var/lib"))
                .hasMessageContaining("keystone has no volume at /var/lib;")
                .hasMessageContaining("kolla_logs:/var/log/kolla");
    }
}
