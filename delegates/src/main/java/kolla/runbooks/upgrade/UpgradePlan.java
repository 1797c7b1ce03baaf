package kolla.runbooks.upgrade;

import java.util.List;
import kolla.runbooks.rollout.Plan;

/**
 * What an upgrade will do.
 *
 * @param plan what an approver signs
 * @param turns the hosts in the order in which they change; the first is the canary
 * @param contracts whether schemas have something to be contracted at the end
 */
public record UpgradePlan(Plan plan, List<String> turns, boolean contracts) {

    public UpgradePlan {
        turns = List.copyOf(turns);
    }
}
