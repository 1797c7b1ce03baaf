package kolla.runbooks.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import kolla.runbooks.app.metrics.CertificateGauges;
import kolla.runbooks.app.metrics.HostReachability;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.CatalogReader;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.containers.DockerEngines;
import kolla.runbooks.containers.Engines;
import kolla.runbooks.galera.GaleraAccounts;
import kolla.runbooks.galera.GaleraRollout;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.hosts.BoundedFanOut;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.hosts.ssh.SshHosts;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.inventory.DefinedClusters;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.keystone.KeystoneEndpoints;
import kolla.runbooks.keystone.KeystoneRollout;
import kolla.runbooks.loadbalancer.HaproxyDrainer;
import kolla.runbooks.loadbalancer.LoadBalancerRollout;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.membership.DepartedGuard;
import kolla.runbooks.memcached.MemcachedRollout;
import kolla.runbooks.probe.Watching;
import kolla.runbooks.rabbitmq.RabbitAccounts;
import kolla.runbooks.rabbitmq.RabbitRollout;
import kolla.runbooks.rollout.Drainer;
import kolla.runbooks.rollout.HealthWait;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.KollaConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.PutBack;
import kolla.runbooks.rollout.Rollouts;
import kolla.runbooks.rollout.StatelessRollout;
import kolla.runbooks.steps.StepEnvironment;
import kolla.runbooks.templates.RenderedDeployments;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every object of the product that is made once. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProductSettings.class)
public class ProductWiring {

    @Bean
    Catalog catalog(ProductSettings settings) {
        return settings.catalogue()
                .map(CatalogReader::read)
                .orElseGet(() -> CatalogReader.read(BuiltInCatalog.files()));
    }

    @Bean
    Clusters clusters(ProductSettings settings, Catalog catalog) {
        return new DefinedClusters(settings.clusters(), catalog::brings);
    }

    @Bean
    Deployments deployments(Catalog catalog) {
        return new RenderedDeployments(catalog);
    }

    @Bean
    CertificateGauges certificateGauges(
            Clusters clusters, Deployments deployments, MeterRegistry meters) {
        return new CertificateGauges(clusters, deployments, meters);
    }

    @Bean
    Hosts hosts() {
        return new SshHosts();
    }

    @Bean
    Engines engines(Hosts hosts) {
        return new DockerEngines(hosts);
    }

    @Bean
    FanOut fanOut() {
        return new BoundedFanOut();
    }

    @Bean
    HostConvergence convergence() {
        return new KollaConvergence(new HealthWait(Patience.everySecond()));
    }

    @Bean
    GaleraRecovery recovery(HostConvergence convergence) {
        return new GaleraRecovery(convergence, Patience.soonThenEverySecond());
    }

    @Bean
    Drainer drainer() {
        return new HaproxyDrainer(Patience.everySecond());
    }

    @Bean
    HostMaintenance maintenance(Rollouts rollouts, Drainer drainer) {
        return new HostMaintenance(rollouts, drainer);
    }

    @Bean
    DepartedGuard departedGuard() {
        return new DepartedGuard();
    }

    @Bean
    Rollouts rollouts(HostConvergence convergence, Drainer drainer) {
        Patience patience = Patience.everySecond();
        GaleraAccounts databases = new GaleraAccounts();
        RabbitAccounts brokers = new RabbitAccounts();
        StatelessRollout stateless =
                new StatelessRollout(
                        convergence, drainer, databases, brokers, new KeystoneEndpoints());
        return new Rollouts(
                List.of(
                        new PutBack(
                                new GaleraRollout(convergence, databases, patience, drainer),
                                drainer),
                        new PutBack(new RabbitRollout(convergence, brokers, patience), drainer),
                        new LoadBalancerRollout(convergence, patience),
                        new MemcachedRollout(convergence, patience),
                        new KeystoneRollout(stateless),
                        stateless));
    }

    @Bean
    StepEnvironment stepEnvironment(
            ProductSettings settings,
            Clusters clusters,
            Deployments deployments,
            Hosts hosts,
            Engines engines,
            FanOut fanOut,
            Runs runs,
            Leases leases,
            Journals journals,
            Plans plans,
            Rollouts rollouts,
            GaleraRecovery recovery,
            Watching watching,
            HostMaintenance maintenance,
            DepartedGuard departed,
            HostReachability reachability) {
        return new StepEnvironment(
                clusters,
                deployments,
                hosts,
                engines,
                fanOut,
                runs,
                leases,
                journals,
                plans,
                rollouts,
                recovery,
                watching,
                maintenance,
                departed,
                settings.approvalExpiry(),
                Patience.everySecond(),
                reachability);
    }
}
