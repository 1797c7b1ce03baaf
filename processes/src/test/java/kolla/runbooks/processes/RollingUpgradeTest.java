package kolla.runbooks.processes;

import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/rolling-upgrade/rolling-upgrade.bpmn",
            "processes/rolling-upgrade/rolling-upgrade-start.form",
            "processes/rolling-upgrade/approve-upgrade.form",
            "processes/rolling-upgrade/go-on.form",
            "processes/check-target/check-target.bpmn",
            "processes/begin-upgrade/begin-upgrade.bpmn",
            "processes/roll-host/roll-host.bpmn",
            "processes/finish-upgrade/finish-upgrade.bpmn"
        })
class RollingUpgradeTest extends HostByHostContract {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "rolling-upgrade"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    RollingUpgradeTest() {
        super(STAND_INS, ENGINE.getProcessEngine(), "rolling-upgrade");
    }
}
