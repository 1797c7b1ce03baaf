package kolla.runbooks.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.HostChange;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostChange.Departure;
import org.junit.jupiter.api.Test;

class MemberRequestTest {

    @Test
    void aReplacementJoinsBesideTheOldOneAndThenTheOldOneGoes() {
        MemberRequest request =
                of("replace-host", Map.of("oldHost", "ctl3", "newHost", "ctl4", "address", "::4"));

        Arrival arrival = new Arrival("ctl4", Optional.of("::4"), Optional.of("ctl3"), Set.of());
        assertThat(request.sameName()).isFalse();
        assertThat(request.arrival()).isEqualTo(new HostChange(List.of(), List.of(arrival)));
        assertThat(request.whole())
                .isEqualTo(
                        new HostChange(List.of(new Departure("ctl3", Set.of())), List.of(arrival)));
    }

    @Test
    void underTheSameNameThereIsNoTimeWithBoth() {
        MemberRequest request = of("replace-host", Map.of("oldHost", "ctl1"));

        assertThat(request.sameName()).isTrue();
        assertThat(request.arrival()).isEqualTo(request.whole());
    }

    @Test
    void scalingTouchesOneGroup() {
        Map<String, String> keystone = Map.of("service", "keystone", "host", "ctl4");

        assertThat(of("scale-service", with(keystone, "change", "more")).whole())
                .isEqualTo(
                        new HostChange(
                                List.of(),
                                List.of(
                                        new Arrival(
                                                "ctl4",
                                                Optional.empty(),
                                                Optional.empty(),
                                                Set.of("keystone")))));
        assertThat(of("scale-service", with(keystone, "change", "fewer")).whole())
                .isEqualTo(
                        new HostChange(
                                List.of(new Departure("ctl4", Set.of("keystone"))), List.of()));
    }

    @Test
    void aHostThatIsAddedResemblesAnotherOrHasGroups() {
        assertThat(of("add-host", Map.of("host", "ctl4", "groups", "keystone, memcached")).whole())
                .isEqualTo(
                        new HostChange(
                                List.of(),
                                List.of(
                                        new Arrival(
                                                "ctl4",
                                                Optional.empty(),
                                                Optional.empty(),
                                                Set.of("keystone", "memcached")))));
        assertThatThrownBy(() -> of("add-host", Map.of("host", "ctl4")))
                .hasMessageContaining("KR-MEMBERS-003")
                .hasMessageContaining("like and groups are both empty");
    }

    @Test
    void otherRunbooksChangeNoMembers() {
        assertThat(MemberRequest.of("deploy", name -> Optional.of("ctl1"))).isEmpty();
    }

    private static MemberRequest of(String runbook, Map<String, String> parameters) {
        return MemberRequest.of(runbook, n -> Optional.ofNullable(parameters.get(n))).orElseThrow();
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(all);
        more.put(name, value);
        return more;
    }
}
