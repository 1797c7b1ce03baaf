package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class OpenApiTest {

    @LocalServerPort private int port;

    @Test
    void describesEveryAddressWithItsRefusals() {
        JsonNode api = Client.nobody(port).as("victor").get("/v3/api-docs").json();
        List<String> paths = new ArrayList<>();
        api.get("paths").fieldNames().forEachRemaining(paths::add);
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "/api/clusters",
                        "/api/clusters/{cluster}/runs",
                        "/api/runbooks",
                        "/api/runbooks/{runbook}",
                        "/api/runs",
                        "/api/runs/{id}",
                        "/api/runs/{id}/actions",
                        "/api/runs/{id}/approval",
                        "/api/runs/{id}/approvals",
                        "/api/runs/{id}/cancel",
                        "/api/runs/{id}/evidence",
                        "/api/runs/{id}/log",
                        "/api/runs/{id}/plan",
                        "/api/runs/{id}/probe",
                        "/api/runs/{id}/probe.svg",
                        "/api/runs/{id}/retry",
                        "/api/runs/{id}/work-done");
        for (JsonNode path : api.get("paths")) {
            for (JsonNode operation : path) {
                assertThat(
                                operation
                                        .at(
                                                "/responses/default/content/application~1problem+json/schema/$ref")
                                        .asText())
                        .isEqualTo("#/components/schemas/Problem");
            }
        }
        assertThat(api.at("/components/schemas/Problem/properties/errors/type").asText())
                .isEqualTo("array");
        assertThat(api.at("/components/securitySchemes/basic/scheme").asText()).isEqualTo("basic");
    }

    @Test
    void listsTheRunbooksThatPeopleStart() {
        JsonNode runbooks = Client.nobody(port).as("victor").get("/api/runbooks").json();
        assertThat(runbooks.findValuesAsText("runbook"))
                .contains("deploy")
                .doesNotContain("rollOutService");
        JsonNode deploy =
                StreamSupport.stream(runbooks.spliterator(), false)
                        .filter(r -> r.get("runbook").asText().equals("deploy"))
                        .findFirst()
                        .orElseThrow();
        assertThat(deploy.get("title").asText()).isEqualTo("Deploy the control plane");
        assertThat(deploy.get("risk").asText()).isEqualTo("medium");
        assertThat(deploy.get("approval").asText()).isEqualTo("on-change");
        assertThat(deploy.at("/parameters/type").asText()).isEqualTo("object");
    }
}
