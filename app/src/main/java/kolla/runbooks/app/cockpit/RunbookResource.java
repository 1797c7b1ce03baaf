package kolla.runbooks.app.cockpit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunStarter;
import kolla.runbooks.app.runs.Runbook;
import kolla.runbooks.app.runs.Runbooks;
import kolla.runbooks.app.runs.StartRequest;
import kolla.runbooks.app.runs.Started;
import kolla.runbooks.app.security.Role;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.parameters.Parameter;
import org.springframework.web.context.WebApplicationContext;

/** The start form of a runbook, and starting it. */
public class RunbookResource extends PluginResource {

    RunbookResource(String engine, WebApplicationContext beans) {
        super(engine, beans);
    }

    /** What the browser makes the form of. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Form(
            String runbook,
            String title,
            Optional<String> description,
            String risk,
            String approval,
            List<String> clusters,
            List<Parameter> inputs,
            boolean mayStart) {}

    /** What the form sends. */
    record StartBody(
            String runbook, String cluster, String ticket, String reason, JsonNode parameters) {}

    /** Where the run is to be seen. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StartedRun(String run, boolean fresh, Optional<String> instance) {}

    @GET
    @Path("{key}")
    public Response form(@PathParam("key") String key) {
        return answer(() -> formOf(key), Role.values());
    }

    @POST
    @Path("start")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(String body) {
        return answer(() -> started(read(body, StartBody.class)), Role.OPERATOR, Role.ADMIN);
    }

    private Form formOf(String key) {
        Runbook runbook =
                bean(Runbooks.class)
                        .find(key)
                        .orElseThrow(
                                () -> ProblemException.notFound("\"" + key + "\" is no runbook"));
        return new Form(
                runbook.key(),
                runbook.title(),
                runbook.description(),
                runbook.risk(),
                runbook.approval(),
                bean(Clusters.class).names(),
                runbook.inputs(),
                isOneOf(Role.OPERATOR, Role.ADMIN));
    }

    private StartedRun started(StartBody body) {
        Started started =
                bean(RunStarter.class)
                        .start(
                                new StartRequest(
                                        body.cluster(),
                                        body.runbook(),
                                        body.parameters(),
                                        body.ticket(),
                                        body.reason()));
        return new StartedRun(
                started.run().id().value(),
                started.fresh(),
                started.run().endedAt().isPresent()
                        ? Optional.empty()
                        : started.run().processInstance());
    }
}
