package kolla.runbooks.processes;

import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/replace-host/replace-host.bpmn",
            "processes/replace-host/replace-host-start.form",
            "processes/replace-host/approve-replacement.form",
            "processes/change-members/change-members.bpmn",
            "processes/finish-members/finish-members.bpmn",
            "processes/roll-out-service/roll-out-service.bpmn"
        })
class ReplaceHostTest extends MembersContract {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "replace-host"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    ReplaceHostTest() {
        super(STAND_INS, ENGINE.getProcessEngine(), "replace-host");
    }
}
