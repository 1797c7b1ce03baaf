package kolla.runbooks.upgrade;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Action;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Tail;

/**
 * Runs a job of the new version beside the old one: from the new image, with the new files in a
 * folder of their own, so that an old container that starts again meanwhile finds its own.
 */
public final class SchemaJobs {

    static final String FAILED = "KR-UPGRADE-005";

    private SchemaJobs() {}

    /**
     * Runs the job to its end; not again when it ended well in this run. A second attempt attaches
     * to the first one's container.
     *
     * @throws RunbookFailure {@code KR-UPGRADE-005} when it ends with anything but 0
     */
    public static void run(RolloutContext context, Host host, BootstrapJob job) {
        if (done(context, host, job)) {
            context.journal()
                    .log(host.name(), job.name() + " has ended with 0 in this run already");
            return;
        }
        DesiredContainer container = container(context, host, job);
        // a job of another run may be of another image: each run has its own
        String name = job.name() + "_" + suffix(context);
        String folder = "/etc/kolla/" + name + "/";
        context.journal()
                .perform(
                        host.name(),
                        action(job),
                        "the job of "
                                + container.spec().image()
                                + " ends with 0 within "
                                + job.timeout().toSeconds()
                                + " s",
                        () -> {
                            context.connection(host).put(files(container, folder));
                            ExecResult result =
                                    context.engine(host)
                                            .runToEnd(
                                                    spec(container, job, name, folder),
                                                    job.timeout());
                            // there are passwords in it
                            context.connection(host).run(Command.script("rm -rf \"$1\"", folder));
                            if (!result.ok()) {
                                throw failure(host, job, result);
                            }
                            return "ended with 0";
                        });
    }

    private static boolean done(RolloutContext context, Host host, BootstrapJob job) {
        return context.journal().actions().stream()
                .filter(a -> a.state() == Action.State.DONE)
                .map(Action::id)
                .anyMatch(id -> id.host().equals(host.name()) && id.action().equals(action(job)));
    }

    private static String suffix(RolloutContext context) {
        String run = context.journal().run().value();
        return run.substring(run.lastIndexOf('-') + 1);
    }

    private static String action(BootstrapJob job) {
        return "run " + job.name();
    }

    private static DesiredContainer container(RolloutContext context, Host host, BootstrapJob job) {
        return context.service()
                .container(host, job.container())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        job.container() + " is not to run on " + host.name()));
    }

    private static List<RemoteFile> files(DesiredContainer container, String folder) {
        String own = "/etc/kolla/" + container.spec().name() + "/";
        return container.files().stream().map(f -> moved(f, own, folder)).toList();
    }

    private static RemoteFile moved(DesiredFile file, String from, String to) {
        return new RemoteFile(
                to + file.path().substring(from.length()),
                file.content(),
                file.mode(),
                file.owner());
    }

    private static ContainerSpec spec(
            DesiredContainer container, BootstrapJob job, String name, String folder) {
        String own = "/etc/kolla/" + container.spec().name();
        ContainerSpec asJob =
                container.spec().asJob(name, new TreeMap<>(Map.copyOf(job.environment())));
        return asJob.withVolumes(
                asJob.volumes().stream()
                        .map(
                                v ->
                                        v.startsWith(own + ":")
                                                ? folder + v.substring(v.indexOf(':'))
                                                : v)
                        .toList());
    }

    private static RunbookFailure failure(Host host, BootstrapJob job, ExecResult result) {
        return RunbookFailure.person(
                FAILED,
                host.name(),
                "the job "
                        + job.name()
                        + " ended with "
                        + result.exit()
                        + " instead of 0; its last words are in the evidence",
                Tail.of(result.out() + "\n" + result.err(), 20));
    }
}
