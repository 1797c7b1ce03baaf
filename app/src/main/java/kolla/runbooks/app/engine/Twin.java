package kolla.runbooks.app.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.Nodes.Sign;

/**
 * Another program of the same node id. One that was killed a moment ago and one that lives look
 * alike until the next beat is due, so a recent beat is watched for two beats and a second.
 */
final class Twin {

    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Nodes nodes;
    private final Duration sure;

    Twin(Nodes nodes, Duration beat) {
        this.nodes = nodes;
        this.sure = beat.multipliedBy(2).plusSeconds(1);
    }

    /**
     * @throws RunbookFailure {@code KR-NODE-001} when a living program has this node id
     */
    void refuse(NodeId node) {
        Optional<Sign> first = nodes.find(node.value());
        Optional<Sign> now = first;
        while (now.isPresent() && !now.get().left() && now.get().age().compareTo(sure) < 0) {
            if (!now.get().lastBeat().equals(first.orElseThrow().lastBeat())) {
                throw alive(node, now.get());
            }
            pause();
            now = nodes.find(node.value());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for a twin", e);
        }
    }

    private static RunbookFailure alive(NodeId node, Sign sign) {
        return RunbookFailure.person(
                "KR-NODE-001",
                "runbooks.node-id: \""
                        + node
                        + "\" is in use by a program that lives (last beat "
                        + sign.lastBeat()
                        + "); give each program on this database a name of its own",
                List.of());
    }
}
