package kolla.runbooks.app.wiring;

import kolla.runbooks.app.engine.NodeId;
import kolla.runbooks.app.metrics.ProbeMeters;
import kolla.runbooks.app.runs.ProbeWatch;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.Allowance;
import kolla.runbooks.probe.CloudProbe;
import kolla.runbooks.probe.ProbeRates;
import kolla.runbooks.probe.Watching;
import kolla.runbooks.steps.ProbeContext;
import kolla.runbooks.steps.StepEnvironment;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client that uses the cloud during a run. */
@Configuration(proxyBeanMethods = false)
public class ProbeWiring {

    @Bean
    CloudProbe cloudProbe(Probes probes, ProductSettings settings) {
        ProductSettings.ProbeSettings probe = settings.probe();
        return new CloudProbe(probes, new ProbeRates(probe.kept(), probe.fresh(), probe.tokens()));
    }

    @Bean
    Watching watching(Probes probes, CloudProbe cloud, ProductSettings settings) {
        ProductSettings.ProbeSettings probe = settings.probe();
        return new Watching(
                probes,
                cloud,
                new Allowance(probe.percent(), probe.gap(), probe.vipGap(), probe.unobserved()));
    }

    @Bean
    @ConditionalOnProperty(
            name = "runbooks.probe.enabled",
            havingValue = "true",
            matchIfMissing = true)
    ProbeWatch probeWatch(
            NodeId node,
            Probes probes,
            Runs runs,
            CloudProbe cloud,
            StepEnvironment environment,
            ProbeMeters meters) {
        ProbeContext context = new ProbeContext(environment);
        return new ProbeWatch(
                node.value(),
                probes,
                runs,
                state ->
                        cloud.draft(
                                state.run(),
                                context.of(state.cluster()),
                                node.value(),
                                meters.of(state.cluster())));
    }
}
