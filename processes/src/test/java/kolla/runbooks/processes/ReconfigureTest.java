package kolla.runbooks.processes;

import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/reconfigure/reconfigure.bpmn",
            "processes/reconfigure/reconfigure-start.form",
            "processes/reconfigure/approve-reconfigure.form",
            "processes/reconfigure/go-on-reconfigure.form",
            "processes/check-target/check-target.bpmn",
            "processes/begin-upgrade/begin-upgrade.bpmn",
            "processes/roll-host/roll-host.bpmn",
            "processes/finish-upgrade/finish-upgrade.bpmn"
        })
class ReconfigureTest extends HostByHostContract {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "reconfigure"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    ReconfigureTest() {
        super(STAND_INS, ENGINE.getProcessEngine(), "reconfigure");
    }
}
