package kolla.runbooks.steps;

import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.FiguresText;

/**
 * Ends the probe and keeps its figures as evidence. Its accounts are taken away by the program that
 * probed; when that lasts, the run does not wait for it.
 */
final class StopProbe extends ProbeStep {

    private static final Duration LIMIT = Duration.ofSeconds(45);

    StopProbe(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void unwatched(StepCall call) {
        call.journal().log(ActionId.CLUSTER, "probe = off: there is nothing to stop");
    }

    @Override
    void watched(StepCall call) {
        Probes probes = watching().probes();
        probes.end(call.run());
        Optional<ProbeState> ended =
                environment()
                        .patience()
                        .until(
                                LIMIT,
                                () ->
                                        Optional.of(probes.find(call.run()))
                                                .filter(
                                                        s ->
                                                                s.isEmpty()
                                                                        || s.get().phase()
                                                                                == ProbeState.Phase
                                                                                        .ENDED))
                        .flatMap(s -> s);
        Optional<Figures> figures = Figures.of(probes, call.run());
        figures.ifPresent(
                f -> {
                    call.journal().evidence(ActionId.CLUSTER, "probe", FiguresText.of(f));
                    call.journal()
                            .log(
                                    ActionId.CLUSTER,
                                    f.failed()
                                            + " of "
                                            + f.total()
                                            + " requests of the probe failed; the figures are in"
                                            + " the run's evidence");
                });
        if (figures.isPresent() && ended.isEmpty()) {
            call.journal()
                    .warn(
                            ActionId.CLUSTER,
                            "the probe's accounts are not gone yet; a program goes on trying to"
                                    + " remove them");
        }
    }
}
