package kolla.runbooks.app.cockpit;

import java.util.Set;
import org.camunda.bpm.cockpit.plugin.spi.impl.AbstractCockpitPlugin;

/** Announces the plug-in to Cockpit; found through {@code META-INF/services}. */
public final class RunbooksPlugin extends AbstractCockpitPlugin {

    public static final String ID = "runbooks";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Set<Class<?>> getResourceClasses() {
        return Set.of(PluginRoot.class);
    }
}
