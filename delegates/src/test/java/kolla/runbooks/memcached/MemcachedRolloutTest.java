package kolla.runbooks.memcached;

import static kolla.runbooks.rollout.Samples.CTL1;
import static kolla.runbooks.rollout.Samples.CTL2;
import static kolla.runbooks.rollout.Samples.CTL3;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.memcached.MemcachedRollout.Seen;
import org.junit.jupiter.api.Test;

class MemcachedRolloutTest {

    private static final Seen NEW = new Seen(false, true, true);
    private static final Seen CHANGED = new Seen(true, true, false);
    private static final Seen OPEN = new Seen(true, false, true);
    private static final Seen GOOD = new Seen(true, false, false);

    @Test
    void startsNewOnesSideBySide() {
        assertThat(MemcachedRollout.decide(seen(NEW, NEW, NEW)))
                .containsExactly(List.of(CTL1, CTL2, CTL3));
    }

    @Test
    void emptiesOneCacheAtATime() {
        assertThat(MemcachedRollout.decide(seen(CHANGED, GOOD, CHANGED)))
                .containsExactly(List.of(CTL1), List.of(CTL3));
    }

    @Test
    void setsFencesSideBySideBecauseTheyEmptyNothing() {
        assertThat(MemcachedRollout.decide(seen(OPEN, OPEN, GOOD)))
                .containsExactly(List.of(CTL1, CTL2));
    }

    @Test
    void leavesAllAloneWhenAllIsWell() {
        assertThat(MemcachedRollout.decide(seen(GOOD, GOOD, GOOD))).isEmpty();
    }

    @Test
    void dropsWhoeverIsNotOfTheCluster() {
        assertThat(Fence.rules(11211, new TreeSet<>(List.of("192.0.2.2/32", "192.0.2.1/32"))))
                .containsExactly(
                        "-N KR-FENCE-11211",
                        "-A KR-FENCE-11211 -s 192.0.2.1/32 -j RETURN",
                        "-A KR-FENCE-11211 -s 192.0.2.2/32 -j RETURN",
                        "-A KR-FENCE-11211 -i lo -j RETURN",
                        "-A KR-FENCE-11211 -j DROP",
                        "-A INPUT -p tcp -m tcp --dport 11211 -j KR-FENCE-11211");
    }

    private static Map<Host, Seen> seen(Seen first, Seen second, Seen third) {
        Map<Host, Seen> seen = new LinkedHashMap<>();
        seen.put(CTL1, first);
        seen.put(CTL2, second);
        seen.put(CTL3, third);
        return seen;
    }
}
