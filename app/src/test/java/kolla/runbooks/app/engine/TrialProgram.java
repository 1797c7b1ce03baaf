package kolla.runbooks.app.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The engine's package alone, with a runbook {@code trial} of one step whose delegate a test gives.
 * Started in the test's own virtual machine or, to be killed, in one of its own.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(EngineConfiguration.class)
class TrialProgram {

    /** For virtual machines of their own: the step is {@link GatedStep}. */
    public static void main(String[] args) {
        start(null, args);
    }

    static ConfigurableApplicationContext start(JavaDelegate work, String... settings) {
        List<String> all = new ArrayList<>(List.of("--spring.main.banner-mode=off"));
        all.add("--camunda.bpm.generate-unique-process-engine-name=true");
        all.add("--management.endpoints.access.default=none");
        // A program without its web server has only the threads that execute steps to live on.
        all.add("--spring.main.keep-alive=true");
        all.addAll(Arrays.asList(settings));
        return new SpringApplicationBuilder(TrialProgram.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(work == null)
                .initializers(
                        context -> {
                            if (work != null) {
                                context.getBeanFactory().registerSingleton("work", work);
                            }
                        })
                .run(all.toArray(String[]::new));
    }

    @Bean
    @ConditionalOnMissingBean(name = "work")
    JavaDelegate work(@Value("${trial.gate}") Path gate, Journals journals) {
        return new GatedStep(gate, journals);
    }

    /** With {@code --trial.begin=TICKET} a run is begun, with a lease on the cluster "trial". */
    @Bean
    ApplicationRunner trial(
            RepositoryService repository,
            RuntimeService engine,
            Runs runs,
            Leases leases,
            TransactionTemplate transaction) {
        return arguments -> {
            deploy(repository);
            if (arguments.containsOption("trial.begin")) {
                String ticket = arguments.getOptionValues("trial.begin").get(0);
                leases.take("trial", new RunId(ticket), "oscar");
                transaction.executeWithoutResult(
                        status -> {
                            runs.register(run(ticket));
                            runs.attachProcessInstance(new RunId(ticket), begin(engine, ticket));
                        });
            }
        };
    }

    static Run run(String ticket) {
        return new Run(
                new RunId(ticket),
                "trial",
                "trial",
                ticket,
                "",
                "{}",
                "oscar",
                Optional.empty(),
                Instant.now(),
                Optional.empty(),
                Optional.empty());
    }

    /** Marks the moment from which a killed program's run has to go on. */
    @EventListener
    void ready(ApplicationReadyEvent event) {
        System.out.println("TRIAL READY after " + event.getTimeTaken());
    }

    static void deploy(RepositoryService repository) {
        repository
                .createDeployment()
                .name("trial")
                .enableDuplicateFiltering(false)
                .addModelInstance(
                        "trial.bpmn",
                        Bpmn.createExecutableProcess("trial")
                                .startEvent()
                                .serviceTask("step")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${work}")
                                .userTask("after")
                                .endEvent()
                                .done())
                .deploy();
    }

    static String begin(RuntimeService engine, String ticket) {
        return engine.startProcessInstanceByKey(
                        "trial",
                        ticket,
                        Variables.createVariables()
                                .putValue("names", new ArrayList<>(List.of("a", "b"))))
                .getId();
    }
}
