package kolla.runbooks.maintenance;

import java.util.List;
import java.util.stream.Stream;
import kolla.runbooks.rollout.Finding;

/**
 * What a person says may be wrong with a cluster: findings by code and host ({@code
 * KR-VERIFY-002@ctl2}), those of the cluster as a whole by code alone ({@code KR-LB-002}). It
 * covers this code on this host and nothing else. The names stand in the plan, so whoever approves
 * it accepts them too (G4).
 */
public record Acceptance(List<String> names) {

    public static final Acceptance NOTHING = new Acceptance(List.of());

    public Acceptance {
        names = List.copyOf(names);
    }

    /** From a comma separated list as it is typed in. */
    public static Acceptance of(String text) {
        return new Acceptance(
                Stream.of(text.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList());
    }

    /** What a finding has to be called to be accepted. */
    public static String name(Finding finding) {
        return finding.code() + finding.host().map(h -> "@" + h).orElse("");
    }

    public boolean covers(Finding finding) {
        return names.contains(name(finding));
    }
}
