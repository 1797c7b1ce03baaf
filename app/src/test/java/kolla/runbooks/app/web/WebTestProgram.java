package kolla.runbooks.app.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.steps.StepEnvironment;
import kolla.runbooks.steps.Steps;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The web's packages with the shipped processes, the real engine, journal and listeners; only what
 * touches hosts is played by the {@link Stage}.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
        value = {
            "kolla.runbooks.app.engine",
            "kolla.runbooks.app.api",
            "kolla.runbooks.app.runs",
            "kolla.runbooks.app.security",
            "kolla.runbooks.app.metrics",
            "kolla.runbooks.app.cockpit"
        },
        excludeFilters = @ComponentScan.Filter(SpringBootConfiguration.class))
public class WebTestProgram {

    @Bean
    Clusters clusters() {
        return new Clusters() {
            @Override
            public List<String> names() {
                return List.of("lab", "other");
            }

            @Override
            public Cluster read(String name, Map<String, String> extra) {
                throw new IllegalArgumentException("no definition in this test");
            }
        };
    }

    @Bean
    Stage stage(Runs runs, Journals journals, Plans plans) {
        return new Stage(runs, journals, plans);
    }

    /**
     * The beans that the BPMN names: the real listeners, and the stage's parts over the real steps.
     */
    @Bean
    InitializingBean steps(
            ConfigurableListableBeanFactory beans,
            Clusters clusters,
            Runs runs,
            Leases leases,
            Journals journals,
            Plans plans,
            Stage stage) {
        return () -> {
            StepEnvironment environment =
                    new StepEnvironment(
                            clusters,
                            cluster -> null,
                            null,
                            null,
                            null,
                            runs,
                            leases,
                            journals,
                            plans,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Duration.ofHours(8),
                            Patience.everySecond(),
                            (cluster, host, reachable) -> {});
            Map<String, Object> all = new HashMap<>(Steps.all(environment));
            all.putAll(stage.steps());
            all.forEach(beans::registerSingleton);
        };
    }
}
