package kolla.runbooks.steps;

import kolla.runbooks.inventory.InventoryCommit;
import kolla.runbooks.inventory.InventoryEdit;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.membership.MemberChoices;
import kolla.runbooks.membership.MemberRequest;

/** Proposes, writes or commits the change of the inventory, as the run was asked. */
final class WriteInventory extends Step {

    WriteInventory(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberRequest request = Members.request(call).orElseThrow();
        InventoryEdit edit = environment().clusters().edit(call.clusterName(), request.whole());
        MemberChoices.Writing writing = MemberChoices.of(call::parameter).inventory();
        if (!edit.changesAnything()) {
            if (writing == MemberChoices.Writing.COMMIT) {
                // an earlier attempt may have ended between the two
                call.journal()
                        .warn(
                                ActionId.CLUSTER,
                                "the inventory names the members already; whether that is committed"
                                        + " is not known: look with git status");
            } else {
                call.journal().log(ActionId.CLUSTER, "the inventory names the members already");
            }
            return;
        }
        call.journal().evidence(ActionId.CLUSTER, "inventory.diff", edit.diff());
        switch (writing) {
            case PROPOSE -> propose(call, edit);
            case WRITE ->
                    call.journal()
                            .perform(
                                    ActionId.CLUSTER,
                                    "write the inventory",
                                    "it names the members",
                                    () -> {
                                        new InventoryCommit().write(edit);
                                        return "written: " + edit.files().keySet();
                                    });
            case COMMIT ->
                    call.journal()
                            .perform(
                                    ActionId.CLUSTER,
                                    "commit the inventory",
                                    "it names the members",
                                    () -> commit(call, edit));
        }
    }

    private static void propose(StepCall call, InventoryEdit edit) {
        call.journal()
                .warn(
                        ActionId.CLUSTER,
                        "apply this to the inventory now, in the cluster's folder with git apply or"
                                + " patch -p1; until then the definition names the members of"
                                + " before, and a deployment would bring them back:");
        edit.diff().lines().forEach(l -> call.journal().warn(ActionId.CLUSTER, "  " + l));
    }

    private static String commit(StepCall call, InventoryEdit edit) {
        InventoryCommit.Outcome outcome =
                new InventoryCommit()
                        .commit(
                                edit,
                                call.asked().runbook()
                                        + " "
                                        + call.run()
                                        + ", ticket "
                                        + call.asked().ticket()
                                        + "\n\n"
                                        + call.asked().reason()
                                        + "\n",
                                call.asked().starter());
        return outcome instanceof InventoryCommit.Outcome.Committed committed
                ? "commit " + committed.id()
                : "it was committed already";
    }
}
