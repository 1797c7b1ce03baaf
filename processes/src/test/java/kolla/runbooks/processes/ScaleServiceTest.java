package kolla.runbooks.processes;

import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/scale-service/scale-service.bpmn",
            "processes/scale-service/scale-service-start.form",
            "processes/scale-service/approve-scaling.form",
            "processes/change-members/change-members.bpmn",
            "processes/finish-members/finish-members.bpmn",
            "processes/roll-out-service/roll-out-service.bpmn"
        })
class ScaleServiceTest extends MembersContract {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "scale-service"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    ScaleServiceTest() {
        super(STAND_INS, ENGINE.getProcessEngine(), "scale-service");
    }
}
