package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Lease;

/** Takes the exclusive right to change the cluster; refuses when another run holds it. */
final class TakeLease extends Step {

    TakeLease(StepEnvironment environment) {
        super(environment);
    }

    @Override
    boolean fenced() {
        return false;
    }

    @Override
    void act(StepCall call) {
        Lease lease =
                environment().leases().take(call.clusterName(), call.run(), call.asked().starter());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "lease on cluster "
                                + lease.cluster()
                                + " taken for "
                                + lease.starter()
                                + ", fence "
                                + lease.fence());
    }
}
