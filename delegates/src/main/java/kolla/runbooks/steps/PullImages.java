package kolla.runbooks.steps;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Planner;

/** Pulls the images that are missing, on all hosts side by side. No container is touched. */
final class PullImages extends Step {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    PullImages(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        pull(call, call.plannedDeployment());
    }

    /** Every image of the deployment that is not on the host that needs it. */
    static void pull(StepCall call, Deployment deployment) {
        Optional<ContainerEngine.RegistryLogin> login =
                ContainerEngine.RegistryLogin.of(deployment.cluster());
        call.environment()
                .fanOut()
                .all(Planner.hosts(deployment), host -> pull(call, deployment, host, login));
    }

    private static boolean pull(
            StepCall call,
            Deployment deployment,
            Host host,
            Optional<ContainerEngine.RegistryLogin> login) {
        ContainerEngine engine = call.environment().engines().on(deployment.cluster(), host);
        for (String image : images(deployment, host)) {
            if (engine.imageId(image).isEmpty()) {
                call.journal()
                        .perform(
                                host.name(),
                                "pull " + image,
                                "the image is on the host",
                                () -> engine.pull(image, login, LIMIT));
            }
        }
        return true;
    }

    private static List<String> images(Deployment deployment, Host host) {
        return deployment.services().stream()
                .flatMap(s -> s.on(host).stream())
                .map(c -> c.spec().image())
                .distinct()
                .toList();
    }
}
