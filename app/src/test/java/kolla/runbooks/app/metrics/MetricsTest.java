package kolla.runbooks.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class MetricsTest {

    @LocalServerPort private int port;
    @Autowired private HostReachability hosts;
    @Autowired private RunGauges gauges;

    @AfterEach
    void cancel() {
        Client.nobody(port).as("olivia").cancelAll();
    }

    @Test
    void tellsPrometheusAboutRunsStepsHostsAndLeases() {
        Client olivia = Client.nobody(port).as("olivia");
        olivia.cancelAll();
        Answer run =
                olivia.post(
                        "/api/clusters/lab/runs",
                        """
                        {"runbook":"deploy","ticket":"METRICS-1","reason":"a test of metrics"}\
                        """);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> olivia.get("/api/runs/" + run.at("/id")).at("/state"),
                        "WAITING_FOR_APPROVAL"::equals);
        hosts.seen("lab", "ctl1", true);
        hosts.seen("lab", "ctl2", true);
        hosts.seen("lab", "ctl2", false);
        gauges.look();
        String metrics = olivia.get("/actuator/prometheus").text();
        assertThat(metrics)
                .contains("runbooks_runs{state=\"WAITING_FOR_APPROVAL\"} 1.0")
                .contains("runbooks_runs{state=\"RUNNING\"} 0.0")
                .containsPattern(
                        "runbooks_lease_held_seconds\\{cluster=\"lab\",run=\""
                                + run.at("/id")
                                + "\",starter=\"olivia\"}")
                .contains("runbooks_step_seconds_count{service=\"\",step=\"checkHosts\"}")
                .contains("runbooks_host_reachable{cluster=\"lab\",host=\"ctl1\"} 1.0")
                .contains("runbooks_host_reachable{cluster=\"lab\",host=\"ctl2\"} 0.0");
    }
}
