package kolla.runbooks.app.cockpit;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginRootResource;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Where the plug-in's addresses begin: its scripts, and its data behind Cockpit's login. */
@Path("plugin/" + RunbooksPlugin.ID)
public class PluginRoot extends AbstractCockpitPluginRootResource {

    public PluginRoot() {
        super(RunbooksPlugin.ID);
    }

    @Override
    protected List<String> getAllowedAssets() {
        List<String> assets = new ArrayList<>(super.getAllowedAssets());
        for (String module :
                List.of("dom", "server", "start-form", "run-view", "runs-page", "diagram")) {
            assets.add("app/" + module + ".js");
        }
        return assets;
    }

    @Path("{engine}/runbook")
    public RunbookResource runbook(@PathParam("engine") String engine) {
        return subResource(new RunbookResource(engine, beans()), engine);
    }

    @Path("{engine}/run")
    public RunResource run(@PathParam("engine") String engine) {
        return subResource(new RunResource(engine, beans()), engine);
    }

    private WebApplicationContext beans() {
        return WebApplicationContextUtils.getRequiredWebApplicationContext(servletContext);
    }
}
