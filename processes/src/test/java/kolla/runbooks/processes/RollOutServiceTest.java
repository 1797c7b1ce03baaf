package kolla.runbooks.processes;

import static kolla.runbooks.processes.StandIns.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "processes/roll-out-service/roll-out-service.bpmn")
class RollOutServiceTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "rollOutService"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void reset() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
    }

    @Test
    void convergesOneBatchAfterAnother() {
        ProcessInstance service = rollOut("ctl1", "ctl2,ctl3");

        execute(job());
        assertThat(service).isWaitingAt("convergeBatch");
        execute(job());
        assertThat(STAND_INS.calls("convergeBatch")).containsExactly("convergeBatch mariadb ctl1");
        execute(job());
        execute(job());

        assertThat(service).isEnded();
        assertThat(STAND_INS.calls())
                .containsExactly(
                        "prepareService mariadb",
                        "convergeBatch mariadb ctl1",
                        "convergeBatch mariadb ctl2,ctl3",
                        "finishService mariadb");
    }

    @Test
    void goesStraightToTheEndWhenNoHostNeedsAnything() {
        ProcessInstance service = rollOut();

        execute(job());
        execute(job());

        assertThat(service).isEnded();
        assertThat(STAND_INS.calls())
                .containsExactly("prepareService mariadb", "finishService mariadb");
    }

    @Test
    void goesOnWithTheBatchThatFailedWhenItIsRetried() {
        ProcessInstance service = rollOut("ctl1", "ctl2", "ctl3");
        execute(job());
        execute(job());
        STAND_INS.fail("convergeBatch", "KR-HOST-001 ctl2: not reachable");
        assertThatThrownBy(() -> execute(job())).hasMessageContaining("KR-HOST-001");

        STAND_INS.when("convergeBatch", execution -> {});
        execute(job());
        execute(job());
        execute(job());

        assertThat(service).isEnded();
        assertThat(STAND_INS.calls("convergeBatch"))
                .containsExactly(
                        "convergeBatch mariadb ctl1",
                        "convergeBatch mariadb ctl2",
                        "convergeBatch mariadb ctl2",
                        "convergeBatch mariadb ctl3");
    }

    private static ProcessInstance rollOut(String... batches) {
        STAND_INS.when(
                "prepareService", execution -> execution.setVariable("batches", variable(batches)));
        ProcessInstance service =
                runtimeService()
                        .startProcessInstanceByKey(
                                "rollOutService",
                                "OPS-1",
                                Map.of("runId", "run-1", "cluster", "lab", "service", "mariadb"));
        assertThat(service).isWaitingAt("prepareService");
        return service;
    }
}
