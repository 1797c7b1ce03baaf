package kolla.runbooks.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import kolla.runbooks.app.runs.OutageWatch;
import kolla.runbooks.app.runs.RunStarter;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Outages;
import kolla.runbooks.steps.GaleraWatch;
import kolla.runbooks.steps.StepEnvironment;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The watches that open runs without anybody asking. */
@Configuration(proxyBeanMethods = false)
public class WatchWiring {

    private static final String NAME = "galera-watch";

    @Bean
    @ConditionalOnProperty(
            name = "runbooks.galera-watch.enabled",
            havingValue = "true",
            matchIfMissing = true)
    OutageWatch galeraWatch(
            ProductSettings settings,
            StepEnvironment environment,
            Clusters clusters,
            Leases leases,
            Outages outages,
            RunStarter starter,
            IdentityService identity,
            MeterRegistry meters) {
        GaleraWatch watch = new GaleraWatch(environment);
        return new OutageWatch(
                NAME,
                GaleraWatch.RUNBOOK,
                settings.galeraWatch().after(),
                cluster ->
                        watch.look(cluster)
                                .map(
                                        outage ->
                                                switch (outage) {
                                                    case NONE -> OutageWatch.Sight.SERVES;
                                                    case NO_PRIMARY, SPLIT -> OutageWatch.Sight.OUT;
                                                    case LEFT_BEHIND -> OutageWatch.Sight.INTRUDED;
                                                    case UNKNOWN -> OutageWatch.Sight.UNKNOWN;
                                                })
                                .orElse(OutageWatch.Sight.SERVES),
                clusters,
                leases,
                outages,
                request -> as(identity, NAME, () -> starter.start(request)),
                meters,
                InstantSource.system());
    }

    /** The engine asks who starts a run; a watch starts with the rights of an operator. */
    private static <T> T as(IdentityService identity, String name, Supplier<T> work) {
        identity.setAuthentication(name, List.of("operators"));
        try {
            return work.get();
        } finally {
            identity.clearAuthentication();
        }
    }
}
