package kolla.runbooks.app.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buries peers whose heart has stopped. After an outage of the database all beats are old, and the
 * first program that comes back must not bury the others, so a peer also has to stay silent while
 * this program looks several times. One thread.
 */
final class PeerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);
    private static final int LOOKS = 4;

    private final Nodes nodes;
    private final EngineJobs jobs;
    private final DeadSessions sessions;
    private final Duration silence;
    private final Map<Incarnation, Integer> silentLooks = new HashMap<>();

    PeerWatch(Nodes nodes, EngineJobs jobs, DeadSessions sessions, Duration silence) {
        this.nodes = nodes;
        this.jobs = jobs;
        this.sessions = sessions;
        this.silence = silence;
    }

    /** To be called once a beat. */
    void look(Incarnation me) {
        List<Incarnation> silent =
                nodes.silentFor(silence.dividedBy(2)).stream()
                        .filter(peer -> !peer.node().equals(me.node()))
                        .toList();
        silentLooks.keySet().retainAll(silent);
        for (Incarnation peer : silent) {
            if (silentLooks.merge(peer, 1, Integer::sum) >= LOOKS) {
                bury(peer);
            }
        }
    }

    private void bury(Incarnation peer) {
        boolean dead =
                nodes.find(peer.node())
                        .filter(sign -> sign.age().compareTo(silence) > 0)
                        .map(
                                sign -> {
                                    sessions.end(sign);
                                    return true;
                                })
                        .orElse(false);
        if (!dead) {
            return;
        }
        Optional<List<RunId>> runs = nodes.bury(peer, silence, jobs);
        runs.ifPresent(
                moved -> {
                    silentLooks.remove(peer);
                    LOG.warn(
                            "program {} was silent for more than {} and counts as dead; its jobs"
                                    + " are free, its runs go on: {}",
                            peer,
                            silence,
                            moved);
                });
    }
}
