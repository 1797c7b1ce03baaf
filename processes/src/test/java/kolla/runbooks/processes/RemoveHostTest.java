package kolla.runbooks.processes;

import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/remove-host/remove-host.bpmn",
            "processes/remove-host/remove-host-start.form",
            "processes/remove-host/approve-removal.form",
            "processes/change-members/change-members.bpmn",
            "processes/finish-members/finish-members.bpmn",
            "processes/roll-out-service/roll-out-service.bpmn"
        })
class RemoveHostTest extends MembersContract {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "remove-host"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    RemoveHostTest() {
        super(STAND_INS, ENGINE.getProcessEngine(), "remove-host");
    }
}
