package kolla.runbooks.processes;

import static kolla.runbooks.processes.StandIns.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/**
 * The services of a wave end at the same moment, with the real job executor. A lost race at the
 * join would roll the last step of a service back and run it again, silently.
 */
class ParallelServicesTest {

    private static final List<String> SERVICES =
            List.of("mariadb", "rabbitmq", "memcached", "loadbalancer");
    private static final StandIns STAND_INS = new StandIns();
    private static ProcessEngine engine;

    @BeforeAll
    static void startTheJobExecutor() {
        ProcessEngineConfigurationImpl configuration = Engine.plain(STAND_INS, "parallelServices");
        DefaultJobExecutor executor = new DefaultJobExecutor();
        executor.setCorePoolSize(8);
        executor.setMaxPoolSize(8);
        executor.setMaxJobsPerAcquisition(8);
        executor.setWaitTimeInMillis(100);
        executor.setMaxWait(500);
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorActivate(true);
        engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/deploy/deploy.bpmn")
                .addClasspathResource("processes/roll-out-service/roll-out-service.bpmn")
                .deploy();
    }

    @AfterAll
    static void stopTheJobExecutor() {
        engine.close();
    }

    @BeforeEach
    void fourServicesThatEndAtTheSameMoment() {
        STAND_INS.reset();
        CountDownLatch allFinishing = new CountDownLatch(SERVICES.size());
        STAND_INS.when(
                "finishService",
                execution -> {
                    allFinishing.countDown();
                    assertThat(allFinishing.await(30, TimeUnit.SECONDS)).isTrue();
                });
        STAND_INS.when(
                "prepareService", execution -> execution.setVariable("batches", variable("ctl1")));
        STAND_INS.when(
                "splitWave",
                execution ->
                        execution.setVariableLocal(
                                "services", variable(SERVICES.toArray(String[]::new))));
    }

    @RepeatedTest(3)
    void eachStepOfEachServiceIsExecutedExactlyOnce() {
        String run =
                engine.getRuntimeService()
                        .createProcessInstanceByKey("deploy")
                        .startBeforeActivity("rollOutWave")
                        .setVariables(
                                Map.of(
                                        "runId", "run-1",
                                        "cluster", "lab",
                                        "ticket", "OPS-1",
                                        "starter", "olga",
                                        "waves", variable("all")))
                        .execute()
                        .getId();

        await().atMost(Duration.ofSeconds(60)).until(() -> hasEnded(run));

        assertThat(STAND_INS.calls("prepareService", "convergeBatch", "finishService"))
                .containsExactlyInAnyOrderElementsOf(
                        SERVICES.stream()
                                .flatMap(
                                        service ->
                                                Stream.of(
                                                        "prepareService " + service,
                                                        "convergeBatch " + service + " ctl1",
                                                        "finishService " + service))
                                .toList());
        assertThat(STAND_INS.calls("splitWave", "verifyHighAvailability", "writeReport", "endRun"))
                .containsExactly("splitWave", "verifyHighAvailability", "writeReport", "endRun");
    }

    private static boolean hasEnded(String run) {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(run)
                        .count()
                == 0;
    }
}
