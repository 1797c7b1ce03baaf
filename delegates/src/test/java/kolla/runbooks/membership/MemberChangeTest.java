package kolla.runbooks.membership;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.membership.Presence.Kind;
import org.junit.jupiter.api.Test;

class MemberChangeTest {

    private static final MemberRequest REPLACED =
            of("replace-host", Map.of("oldHost", "ctl3", "newHost", "ctl4"));
    private static final MemberRequest REINSTALLED = of("replace-host", Map.of("oldHost", "ctl3"));
    private static final MemberRequest REMOVED = of("remove-host", Map.of("host", "ctl3"));

    @Test
    void whatIsNotCertainIsNotActedUpon() {
        assertRefused(REPLACED, Kind.UNCLEAR, "is not proven gone");
        assertRefused(REMOVED, Kind.UNCLEAR, "is not proven gone");
    }

    @Test
    void aMachineThatTakesANameHasToBeThereAndEmpty() {
        assertRefused(REINSTALLED, Kind.THERE, "has to be empty");
        assertRefused(REINSTALLED, Kind.GONE, "does not answer");
        assertAllowed(REINSTALLED, Kind.EMPTY);
    }

    @Test
    void whoGoesMayServeOrBeGone() {
        assertAllowed(REPLACED, Kind.THERE);
        assertAllowed(REPLACED, Kind.GONE);
        assertAllowed(REMOVED, Kind.THERE);
        assertAllowed(REMOVED, Kind.GONE);
    }

    @Test
    void nobodyJoinsBesideAMemberThatIsHalfTakenOut() {
        Presence half = new Presence(Kind.THERE, List.of("ctl3 answers"), List.of("mariadb"));

        assertThatThrownBy(() -> MemberChange.require(REPLACED, half))
                .hasMessageContaining("KR-MEMBERS-005")
                .hasMessageContaining("does not run mariadb");
        assertThatCode(() -> MemberChange.require(REMOVED, half)).doesNotThrowAnyException();
    }

    private static void assertRefused(MemberRequest request, Kind kind, String sentence) {
        assertThatThrownBy(() -> MemberChange.require(request, new Presence(kind, List.of())))
                .hasMessageContaining("KR-MEMBERS-005")
                .hasMessageContaining(sentence);
    }

    private static void assertAllowed(MemberRequest request, Kind kind) {
        assertThatCode(() -> MemberChange.require(request, new Presence(kind, List.of())))
                .doesNotThrowAnyException();
    }

    private static MemberRequest of(String runbook, Map<String, String> parameters) {
        return MemberRequest.of(runbook, n -> Optional.ofNullable(parameters.get(n))).orElseThrow();
    }
}
