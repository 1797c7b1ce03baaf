package kolla.runbooks.processes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(
        resources = {
            "processes/watch-cloud/watch-cloud.bpmn",
            "processes/watch-cloud/watch-cloud-start.form"
        })
class WatchCloudTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "watch-cloud"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void beforeAnythingHappened() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "noteResult",
                execution -> execution.setVariable("result", execution.getCurrentActivityId()));
    }

    @Test
    void theCloudIsWatchedAsLongAsWasAskedForAndWhateverIsSeenIsReported() {
        ProcessInstance run = start();

        execute(job());
        assertThat(run).isWaitingAt("watched");
        Assertions.assertThat(STAND_INS.calls("checkBudget", "stopProbe")).isEmpty();

        Job timer = job();
        Assertions.assertThat(timer.getDuedate())
                .isBetween(Instant.now().plusSeconds(570), Instant.now().plusSeconds(601));
        for (Job next = timer; next != null; next = job()) {
            execute(next);
        }

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "startProbe",
                        "checkBudget",
                        "stopProbe",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void nothingIsWatchedWhenTheCloudCannotBeReachedFromTheProgram() {
        STAND_INS.fail("startProbe", "KR-PROBE-001: token cannot be used");
        ProcessInstance run = start();

        Job probe = job();
        assertThatThrownBy(() -> execute(probe)).hasMessageContaining("KR-PROBE-001");

        assertThat(run).isWaitingAt("startProbe");
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "watch-cloud",
                        "OPS-1",
                        Map.of("cluster", "lab", "runId", "run-1", "watchFor", "PT10M"));
    }

    private static Job job() {
        return managementService().createJobQuery().singleResult();
    }
}
