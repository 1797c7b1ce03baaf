package kolla.runbooks.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FernetDecisionsTest {

    private static final Map<String, String> WHOLE = Map.of("0", "aaaa", "1", "bbbb");

    @Test
    void makesKeysOnceWhenNoHostHasAny() {
        assertThat(FernetDecisions.decide(List.of(keys("a", Map.of()), keys("b", Map.of()))))
                .isInstanceOfSatisfying(
                        FernetDecision.Fill.class,
                        f -> {
                            assertThat(f.generate()).containsExactly("0", "1");
                            assertThat(f.source()).isEmpty();
                            assertThat(f.missing())
                                    .containsOnly(
                                            Map.entry("a", Set.of("0", "1")),
                                            Map.entry("b", Set.of("0", "1")));
                        });
    }

    @Test
    void makesNoKeyWhenAHostWasNotRead() {
        assertThat(
                        FernetDecisions.decide(
                                List.of(
                                        keys("a", Map.of()),
                                        new FernetKeys.Unread("b", "timed out"))))
                .isInstanceOfSatisfying(
                        FernetDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-KEYSTONE-002"));
    }

    @Test
    void copiesToAnEmptyHostAndNeverFromOne() {
        assertThat(FernetDecisions.decide(List.of(keys("a", Map.of()), keys("b", WHOLE))))
                .isInstanceOfSatisfying(
                        FernetDecision.Fill.class,
                        f -> {
                            assertThat(f.generate()).isEmpty();
                            assertThat(f.source()).containsOnlyKeys("0", "1").containsValue("b");
                            assertThat(f.missing()).containsOnlyKeys("a");
                        });
    }

    @Test
    void completesADistributionThatWasInterrupted() {
        assertThat(
                        FernetDecisions.decide(
                                List.of(keys("a", Map.of("1", "bbbb")), keys("b", Map.of()))))
                .isInstanceOfSatisfying(
                        FernetDecision.Fill.class,
                        f -> {
                            assertThat(f.generate()).containsExactly("0");
                            assertThat(f.source()).containsOnly(Map.entry("1", "a"));
                            assertThat(f.missing())
                                    .containsOnly(
                                            Map.entry("a", Set.of("0")),
                                            Map.entry("b", Set.of("0", "1")));
                        });
    }

    @Test
    void refusesWhenOneHostWasRotatedAlone() {
        assertThat(
                        FernetDecisions.decide(
                                List.of(
                                        keys("a", WHOLE),
                                        keys("b", Map.of("0", "cccc", "1", "bbbb", "2", "aaaa")))))
                .isInstanceOfSatisfying(
                        FernetDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-KEYSTONE-001"));
    }

    @Test
    void protectsKeysThatOthersCouldRead() {
        FernetKeys exposed = new FernetKeys.Read("b", WHOLE, Set.of("1"), Map.of(), Instant.EPOCH);

        assertThat(FernetDecisions.decide(List.of(keys("a", WHOLE), exposed)))
                .isInstanceOfSatisfying(
                        FernetDecision.Fill.class,
                        f -> {
                            assertThat(f.missing()).isEmpty();
                            assertThat(f.exposed()).containsOnly(Map.entry("b", Set.of("1")));
                        });
    }

    @Test
    void doesNothingWhenAllHaveTheSame() {
        assertThat(FernetDecisions.decide(List.of(keys("a", WHOLE), keys("b", WHOLE))))
                .isEqualTo(new FernetDecision.Nothing());
    }

    @Test
    void makesKeysOf32RandomBytes() {
        String key = FernetRepository.newKey();

        assertThat(Base64.getUrlDecoder().decode(key)).hasSize(32);
        assertThat(key).hasSize(44).isNotEqualTo(FernetRepository.newKey());
    }

    private static FernetKeys keys(String host, Map<String, String> digests) {
        return new FernetKeys.Read(host, digests, Set.of(), Map.of(), Instant.EPOCH);
    }
}
