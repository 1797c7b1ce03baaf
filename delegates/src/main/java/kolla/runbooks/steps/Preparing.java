package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.preparation.HostPreparation;

/** The host that comes, before it can serve anything. */
final class Preparing {

    private Preparing() {}

    /** What is done to it before anything else, for the plan. */
    static List<String> sentences(StepCall call, MemberChange change) {
        return change.joining()
                .map(
                        host ->
                                preparation(call)
                                        .plan(Members.at(call, change.joined()), host)
                                        .sentences())
                .orElse(List.of());
    }

    static void carryOut(StepCall call, MemberChange change) {
        change.joining()
                .ifPresent(
                        host ->
                                preparation(call)
                                        .carryOut(Members.at(call, change.joined()), host));
    }

    private static HostPreparation preparation(StepCall call) {
        return new HostPreparation(call.environment().patience());
    }
}
