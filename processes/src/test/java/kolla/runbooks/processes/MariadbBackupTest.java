package kolla.runbooks.processes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.managementService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;

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
            "processes/mariadb-backup/mariadb-backup.bpmn",
            "processes/mariadb-backup/mariadb-backup-start.form"
        })
class MariadbBackupTest {

    private static final StandIns STAND_INS = new StandIns();

    @RegisterExtension
    static final ProcessEngineCoverageExtension ENGINE =
            ProcessEngineCoverageExtension.builder(
                            Engine.countingCoverage(STAND_INS, "mariadb-backup"))
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
    void aBackupIsCopiedProvenAndOnlyThenAreOldOnesDeleted() {
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isEnded().variables().containsEntry("result", "succeeded");
        Assertions.assertThat(STAND_INS.calls())
                .containsExactly(
                        "registerRun",
                        "takeLease",
                        "planBackup",
                        "copyBackup",
                        "prepareBackup",
                        "queryBackup",
                        "deleteOldBackups",
                        "writeReport",
                        "noteResult",
                        "endRun");
    }

    @Test
    void aGateThatDoesNotHoldStopsBeforeAnythingIsCopied() {
        STAND_INS.fail("planBackup", "KR-BACKUP-001: ctl3 is not Synced");
        ProcessInstance run = start();

        Job lease = job();
        execute(lease);
        Job plan = job();
        assertThatThrownBy(() -> execute(plan)).hasMessageContaining("KR-BACKUP-001");

        assertThat(run).isWaitingAt("planBackup");
        Assertions.assertThat(STAND_INS.calls("copyBackup", "deleteOldBackups")).isEmpty();
    }

    @Test
    void aCopyThatIsNotProvenDeletesNoOldOne() {
        STAND_INS.fail("queryBackup", "KR-BACKUP-007: a table is damaged");
        ProcessInstance run = start();

        DueJobs.runAll();

        assertThat(run).isWaitingAt("queryBackup");
        Assertions.assertThat(STAND_INS.calls("deleteOldBackups", "noteResult")).isEmpty();

        STAND_INS.when("queryBackup", execution -> {});
        managementService().setJobRetries(job().getId(), 1);
        DueJobs.runAll();
        assertThat(run).isEnded();
        Assertions.assertThat(STAND_INS.calls("copyBackup")).hasSize(1);
    }

    @Test
    void aCancelledBackupGivesItsLeaseBack() {
        ProcessInstance run = start();

        runtimeService().deleteProcessInstance(run.getId(), "cancelled by olga");

        assertThat(run).isEnded().variables().doesNotContainKey("result");
        Assertions.assertThat(STAND_INS.calls()).containsExactly("registerRun", "endRun");
    }

    private static ProcessInstance start() {
        return runtimeService()
                .startProcessInstanceByKey(
                        "mariadb-backup",
                        "OPS-1",
                        Map.of("cluster", "lab", "runId", "run-1", "kind", "full"));
    }

    private static Job job() {
        return managementService().createJobQuery().singleResult();
    }
}
