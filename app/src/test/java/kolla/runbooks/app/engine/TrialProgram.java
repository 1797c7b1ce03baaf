package kolla.runbooks.app.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;

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
    @org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean(name = "work")
    JavaDelegate work(
            EngineConfiguration.Ways ways,
            kolla.runbooks.journal.Journals journals,
            NodeId node,
            JdbcTemplate database) {
        return new GatedStep(database, journals, node);
    }

    @Bean
    ApplicationRunner trial(RepositoryService repository) {
        return arguments -> deploy(repository);
    }

    /** Marks the moment from which a killed program's run has to go on. */
    @EventListener
    void ready(ApplicationReadyEvent event) {
        System.out.println("TRIAL READY " + event.getTimeTaken());
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

    static String begin(ConfigurableApplicationContext program, String ticket) {
        return program.getBean(RuntimeService.class)
                .startProcessInstanceByKey(
                        "trial",
                        ticket,
                        Variables.createVariables()
                                .putValue("names", new ArrayList<>(List.of("a", "b"))))
                .getId();
    }
}
