package kolla.runbooks.app.runs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Outages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks at every cluster from time to time and, when an outage lasts or an intruder runs, opens a
 * run of the runbook that mends it: once for an outage, and never while another run holds the
 * cluster's lease. The ticket names the outage, so programs that share the database open one run.
 */
public class OutageWatch {

    /** How one look ended. */
    public enum Sight {
        SERVES,
        OUT,
        /** Serves, but something runs beside it that must not: a run is opened at once. */
        INTRUDED,
        UNKNOWN
    }

    /** Starts a run in the name of the watch; the same ticket gives the same run. */
    @FunctionalInterface
    public interface Opener {
        Started open(StartRequest request);
    }

    /** Looks at one cluster. */
    @FunctionalInterface
    public interface Look {
        Sight at(String cluster);
    }

    private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);

    private final String name;
    private final String runbook;
    private final Duration after;
    private final Look look;
    private final Clusters clusters;
    private final Leases leases;
    private final Outages outages;
    private final Opener opener;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, AtomicLong> seconds = new ConcurrentHashMap<>();

    /**
     * @param name of the watch, which is also the starter of its runs
     * @param after how long an outage lasts before a run is opened
     */
    public OutageWatch(
            String name,
            String runbook,
            Duration after,
            Look look,
            Clusters clusters,
            Leases leases,
            Outages outages,
            Opener opener,
            MeterRegistry meters,
            InstantSource clock) {
        this.name = name;
        this.runbook = runbook;
        this.after = after;
        this.look = look;
        this.clusters = clusters;
        this.leases = leases;
        this.outages = outages;
        this.opener = opener;
        this.meters = meters;
        this.clock = clock;
    }

    /** One round over all clusters; a cluster that cannot be looked at does not keep the others. */
    @Scheduled(
            initialDelayString = "${runbooks.galera-watch.every:PT10S}",
            fixedDelayString = "${runbooks.galera-watch.every:PT10S}")
    public void round() {
        for (String cluster : clusters.names()) {
            try {
                look(cluster);
            } catch (RuntimeException e) {
                LOG.warn("{} cannot look at cluster {}: {}", name, cluster, e.getMessage());
            }
        }
    }

    private void look(String cluster) {
        Sight sight = look.at(cluster);
        if (sight == Sight.SERVES || sight == Sight.INTRUDED) {
            outages.over(name, cluster);
            gauge(cluster).set(0);
        }
        if (sight == Sight.SERVES) {
            outages.over(intruder(), cluster);
        } else if (sight == Sight.INTRUDED) {
            Instant since = outages.goesOn(intruder(), cluster);
            if (leases.holder(cluster).isEmpty()) {
                Started started =
                        open(
                                cluster,
                                intruder() + "-" + cluster + "-" + since.getEpochSecond(),
                                "a server that was left behind runs beside the cluster since "
                                        + since
                                        + "; opened by "
                                        + name);
                if (started.run().endedAt().isPresent()) {
                    // started again after that run has ended: the next round opens another one
                    outages.over(intruder(), cluster);
                }
            }
        } else if (sight == Sight.OUT) {
            Instant since = outages.goesOn(name, cluster);
            Duration lasts = Duration.between(since, clock.instant());
            gauge(cluster).set(Math.max(1, lasts.toSeconds()));
            if (lasts.compareTo(after) >= 0 && leases.holder(cluster).isEmpty()) {
                open(
                        cluster,
                        name + "-" + cluster + "-" + since.getEpochSecond(),
                        "out since "
                                + since
                                + ", for "
                                + lasts.toMinutes()
                                + " min; opened by "
                                + name);
            }
        }
    }

    /** What intruders are noted under, beside the outages of this watch. */
    private String intruder() {
        return name + "-fence";
    }

    private Started open(String cluster, String ticket, String reason) {
        Started started =
                opener.open(
                        new StartRequest(
                                cluster,
                                runbook,
                                JsonNodeFactory.instance.objectNode(),
                                ticket,
                                reason));
        if (started.fresh()) {
            LOG.warn(
                    "{} opened run {} on cluster {}: {}",
                    name,
                    started.run().id(),
                    cluster,
                    reason);
        }
        return started;
    }

    private AtomicLong gauge(String cluster) {
        return seconds.computeIfAbsent(
                cluster,
                c -> {
                    AtomicLong value = new AtomicLong();
                    Gauge.builder("runbooks.outage.seconds", value, AtomicLong::get)
                            .description(
                                    "How long an outage that a watch sees has lasted, 0 for none")
                            .tag("watch", name)
                            .tag("cluster", c)
                            .register(meters);
                    return value;
                });
    }

    /**
     * What was seen of this cluster last, in seconds; empty before the first look that could tell.
     */
    Optional<Long> seconds(String cluster) {
        return Optional.ofNullable(seconds.get(cluster)).map(AtomicLong::get);
    }
}
