package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.tls.ServerCertificate;

/**
 * From what should be and what was seen to what will be done. Pure. For each service in order of
 * dependency, each host in order of the inventory, each container in order of start: the image when
 * it is not on the host, the files that differ, the container when {@link ContainerComparison} says
 * so.
 */
final class PlanDecision {

    private PlanDecision() {}

    /**
     * @param oldContents by host and path, the text of files that exist and differ
     * @param notes what the services' own previews say
     */
    static Plan decide(
            Deployment deployment,
            Map<Host, HostObservation> seen,
            Map<Host, Map<String, String>> oldContents,
            List<String> notes) {
        Diff diff = new Diff(deployment.cluster().passwords().secrets());
        List<Change> changes = new ArrayList<>();
        for (DesiredService service : deployment.services()) {
            for (Host host : service.hosts()) {
                for (DesiredContainer container : service.on(host)) {
                    changes.addAll(
                            changes(
                                    service.name(),
                                    host,
                                    container,
                                    seen.get(host),
                                    oldContents.getOrDefault(host, Map.of()),
                                    diff));
                }
            }
        }
        return new Plan(deployment.cluster().name(), changes, notes);
    }

    /** A private key is shown to nobody: of a certificate stands there what it is, for whom. */
    private static String shown(DesiredFile file, String content) {
        return file.certificate().isPresent()
                ? String.join("\n", ServerCertificate.describe(content))
                : content;
    }

    private static List<Change> changes(
            String service,
            Host host,
            DesiredContainer container,
            HostObservation seen,
            Map<String, String> old,
            Diff diff) {
        List<Change> changes = new ArrayList<>();
        String image = container.spec().image();
        if (!seen.images().containsKey(image)) {
            changes.add(new Change.Image(host.name(), service, image));
        }
        for (DesiredFile file : ConfigFiles.differing(container, seen.files())) {
            changes.add(
                    new Change.File(
                            host.name(),
                            service,
                            file.path(),
                            ConfigFiles.sha256(file.content()),
                            old.containsKey(file.path())
                                    ? diff.unified(
                                            shown(file, old.get(file.path())),
                                            shown(file, file.content()))
                                    : List.of()));
        }
        ContainerDelta delta = seen.delta(container);
        if (delta.needed()) {
            changes.add(
                    new Change.Container(
                            host.name(),
                            service,
                            container.spec().name(),
                            delta.kind(),
                            delta.reasons()));
        }
        return changes;
    }
}
