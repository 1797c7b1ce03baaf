package kolla.runbooks.app.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Deploys the runbooks at start: each folder of {@code processes/} is one deployment, so that a
 * runbook and its forms always come together. When nothing in a folder has changed, nothing is
 * deployed; when anything has, all of it is, as the next version.
 */
final class RunbookDeployments implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(RunbookDeployments.class);
    private static final String EVERYTHING = "classpath*:processes/*/*.*";

    private final RepositoryService repository;

    RunbookDeployments(RepositoryService repository) {
        this.repository = repository;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            folders().forEach(this::deploy);
        } catch (IOException e) {
            throw new IllegalStateException("the runbooks could not be read", e);
        }
    }

    private void deploy(String folder, Map<String, Resource> files) {
        DeploymentBuilder deployment =
                repository
                        .createDeployment()
                        .name("runbook " + folder)
                        .source("program")
                        .enableDuplicateFiltering(false);
        files.forEach(
                (name, file) -> {
                    try (InputStream content = file.getInputStream()) {
                        deployment.addInputStream("processes/" + folder + "/" + name, content);
                    } catch (IOException e) {
                        throw new IllegalStateException(file + " could not be read", e);
                    }
                });
        LOG.info("runbook {}: deployment {}", folder, deployment.deploy().getId());
    }

    private static Map<String, Map<String, Resource>> folders() throws IOException {
        Map<String, Map<String, Resource>> folders = new TreeMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(EVERYTHING)) {
            List<String> path = path(file.getURI());
            folders.computeIfAbsent(path.get(path.size() - 2), folder -> new TreeMap<>())
                    .put(path.get(path.size() - 1), file);
        }
        return folders;
    }

    /** A resource inside a jar has an opaque address, so it is taken apart as text. */
    private static List<String> path(URI address) {
        return new ArrayList<>(List.of(address.toString().split("/")));
    }
}
