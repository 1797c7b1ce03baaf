package kolla.runbooks.loadbalancer;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import org.junit.jupiter.api.Test;

class VrrpPasswordTest {

    private static final String PATH = "/etc/kolla/keepalived/keepalived.conf";

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void refusesAChangeWhileTwoHostsListenToEachOther() {
        running(CTL1, "auth_pass secretol");
        running(CTL2, "auth_pass secretol");

        assertThatThrownBy(() -> VrrpPassword.refuseChange(context("auth_pass othernew")))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-LB-008")
                .hasMessageContaining("ctl1, ctl2")
                .hasMessageContaining("keepalived_password")
                .hasMessageNotContaining("secretol");
    }

    @Test
    void letsTheSamePasswordPass() {
        running(CTL1, "  auth_pass secretol");
        running(CTL2, "  auth_pass secretolater");

        assertThatCode(() -> VrrpPassword.refuseChange(context("auth_pass secretol")))
                .doesNotThrowAnyException();
    }

    @Test
    void oneAloneMayChange() {
        running(CTL1, "auth_pass secretol");

        assertThatCode(() -> VrrpPassword.refuseChange(context("auth_pass othernew")))
                .doesNotThrowAnyException();
    }

    @Test
    void aHostThatJoinsOthersWithAnotherPasswordIsRefusedToo() {
        running(CTL1, "auth_pass othernew");
        running(CTL2, "auth_pass secretol");

        assertThatThrownBy(() -> VrrpPassword.refuseChange(context("auth_pass othernew")))
                .isInstanceOf(RunbookFailure.class)
                .satisfies(
                        f -> assertThat(((RunbookFailure) f).sentence()).contains("has on ctl2;"));
    }

    /** Not to know it is not to have the same. */
    @Test
    void aRunningKeepalivedWhosePasswordIsNotKnownStopsThePlan() {
        running(CTL1, "auth_pass secretol");
        cluster.engine(CTL2).create(keepalived("auth_pass secretol").spec());
        cluster.engine(CTL2).start("keepalived");

        assertThatThrownBy(() -> VrrpPassword.refuseChange(context("auth_pass secretol")))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-LB-003")
                .hasMessageContaining("ctl2");
    }

    @Test
    void aRunningKeepalivedWithoutAPasswordStopsThePlanToo() {
        running(CTL1, "auth_pass secretol");
        running(CTL2, "state BACKUP");

        assertThatThrownBy(() -> VrrpPassword.refuseChange(context("auth_pass secretol")))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("KR-LB-008");
    }

    private void running(Host host, String conf) {
        cluster.host(host).put(List.of(new RemoteFile(PATH, conf + "\n", 0660, "root:root")));
        cluster.engine(host).create(keepalived(conf).spec());
        cluster.engine(host).start("keepalived");
    }

    private static DesiredContainer keepalived(String conf) {
        DesiredContainer plain = Samples.service("keepalived", "", 1, CTL1).on(CTL1).get(0);
        return new DesiredContainer(
                plain.spec(),
                List.of(new DesiredFile(PATH, conf + "\n", 0660, "root:root")),
                List.of());
    }

    private RolloutContext context(String conf) {
        Map<Host, List<DesiredContainer>> containers = new LinkedHashMap<>();
        containers.put(CTL1, List.of(keepalived(conf)));
        containers.put(CTL2, List.of(keepalived(conf)));
        DesiredService service =
                Samples.service("loadbalancer", "", 1, CTL1, CTL2).with(containers);
        return new RolloutContext(
                Samples.deployment(Map.of(), service),
                service,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                new FakeJournal());
    }
}
