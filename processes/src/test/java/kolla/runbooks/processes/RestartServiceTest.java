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

@Deployment(resources = "processes/restart-service/restart-service.bpmn")
class RestartServiceTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "restartService"))
                    .assertClassCoverageAtLeast(1.0)
                    .build();

    @BeforeEach
    void threeHosts() {
        init(ENGINE.getProcessEngine());
        STAND_INS.reset();
        STAND_INS.when(
                "prepareService",
                execution -> execution.setVariable("batches", variable("ctl2", "ctl1")));
    }

    @Test
    void theServiceIsWholeBeforeTheNextHostIsTouched() {
        ProcessInstance service = restart();

        while (!done(service)) {
            execute(job());
        }

        assertThat(STAND_INS.calls())
                .containsExactly(
                        "prepareService mariadb",
                        "convergeBatch mariadb ctl2",
                        "verifyService mariadb ctl2",
                        "convergeBatch mariadb ctl1",
                        "verifyService mariadb ctl1",
                        "finishService mariadb");
    }

    @Test
    void aServiceThatIsNotWholeStopsTheRestartAndARetryOnlyLooksAgain() {
        ProcessInstance service = restart();
        STAND_INS.fail("verifyService", "KR-VERIFY-001: two nodes instead of three");
        execute(job());
        execute(job());
        assertThatThrownBy(() -> execute(job())).hasMessageContaining("KR-VERIFY-001");
        assertThat(service).isWaitingAt("verifyService");
        assertThat(STAND_INS.calls("convergeBatch")).hasSize(1);

        STAND_INS.when("verifyService", execution -> {});
        execute(job());

        assertThat(service).isWaitingAt("convergeBatch");
        assertThat(STAND_INS.calls("convergeBatch")).hasSize(1);
    }

    private static boolean done(ProcessInstance service) {
        return runtimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(service.getId())
                        .count()
                == 0;
    }

    private static ProcessInstance restart() {
        ProcessInstance service =
                runtimeService()
                        .startProcessInstanceByKey(
                                "restartService",
                                "OPS-1",
                                Map.of("runId", "run-1", "cluster", "lab", "service", "mariadb"));
        assertThat(service).isWaitingAt("prepareService");
        return service;
    }
}
