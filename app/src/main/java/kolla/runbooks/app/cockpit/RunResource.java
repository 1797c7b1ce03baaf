package kolla.runbooks.app.cockpit;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.api.RunView;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunControl;
import kolla.runbooks.app.runs.RunLog;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.runs.StepNames;
import kolla.runbooks.app.security.Role;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.ProbePlot;
import org.springframework.web.context.WebApplicationContext;

/** A run as the plug-in shows it, and what operators do to it. */
public class RunResource extends PluginResource {

    private static final int NEWEST = 100;
    private static final int LINES = 2000;

    RunResource(String engine, WebApplicationContext beans) {
        super(engine, beans);
    }

    /** What a person says when they cancel. */
    record CancelBody(String reason) {}

    @GET
    public Response list() {
        return answer(this::newest, Role.values());
    }

    /** The run that a process instance belongs to, also a called one. */
    @GET
    @Path("of-instance/{instance}")
    public Response ofInstance(
            @PathParam("instance") String instance,
            @QueryParam("after") @DefaultValue("0") long after) {
        return answer(() -> detail(byInstance(instance), after), Role.values());
    }

    @GET
    @Path("{id}")
    public Response one(
            @PathParam("id") String id, @QueryParam("after") @DefaultValue("0") long after) {
        return answer(() -> detail(find(id), after), Role.values());
    }

    /** How clients of the cloud fared over time. */
    @GET
    @Path("{id}/probe.svg")
    public Response probe(@PathParam("id") String id) {
        return picture(
                () -> {
                    Probes probes = bean(Probes.class);
                    return Figures.of(probes, find(id).id())
                            .map(figures -> ProbePlot.svg(probes, figures))
                            .orElseThrow(
                                    () -> ProblemException.notFound("Run " + id + " has no probe"));
                },
                Role.values());
    }

    @POST
    @Path("{id}/retry")
    public Response retry(@PathParam("id") String id) {
        return answer(
                () -> bean(RunControl.class).retry(find(id), person()), Role.OPERATOR, Role.ADMIN);
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response cancel(@PathParam("id") String id, String body) {
        return answer(
                () -> {
                    String reason = read(body, CancelBody.class).reason();
                    bean(RunControl.class).cancel(find(id), person(), reason);
                    return view(find(id));
                },
                Role.OPERATOR,
                Role.ADMIN);
    }

    private List<RunView> newest() {
        return bean(RunStatuses.class)
                .list(Optional.empty(), Optional.empty(), Optional.empty(), NEWEST)
                .stream()
                .map(s -> RunView.of(s, ""))
                .toList();
    }

    private Run find(String id) {
        return bean(RunStatuses.class).find(id);
    }

    private Run byInstance(String instance) {
        return bean(RunStatuses.class)
                .byInstance(instance)
                .orElseThrow(
                        () ->
                                ProblemException.notFound(
                                        "Process instance " + instance + " belongs to no run"));
    }

    private RunView view(Run run) {
        return RunView.of(bean(RunStatuses.class).of(run), "");
    }

    private RunDetail detail(Run run, long after) {
        RunLog.Page page = bean(RunLog.class).after(run.id(), after, LINES, RunLog.Filter.NONE);
        return RunDetail.of(
                view(run),
                bean(StepNames.class).of(run.runbook()),
                bean(Journals.class).actions(run.id()),
                bean(Plans.class).newest(run.id()),
                bean(Plans.class).approvals(run.id()),
                page,
                RunDetail.Probe.of(bean(Probes.class), run.id()),
                isOneOf(Role.OPERATOR, Role.ADMIN));
    }
}
