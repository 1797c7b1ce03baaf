package kolla.runbooks.app.engine;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees jobs that this program holds and nobody in it executes: their failure could not be written
 * because the database was away at that moment. Without this they would stay locked for a day. One
 * thread.
 */
final class ForgottenJobs {

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenJobs.class);
    private static final int EVERY = 5;

    private final NodeId node;
    private final StepExecutor executor;
    private final ConnectionSource own;
    private Map<String, Instant> suspects = Map.of();
    private int looks;

    ForgottenJobs(NodeId node, StepExecutor executor, ConnectionSource own) {
        this.node = node;
        this.executor = executor;
        this.own = own;
    }

    /** To be called once a beat; looks every fifth time, and frees what it finds twice. */
    void look() {
        looks++;
        if (looks % EVERY != 0) {
            return;
        }
        try {
            Map<String, Instant> now = idle();
            Map<String, Instant> twice = new HashMap<>(now);
            twice.entrySet().retainAll(suspects.entrySet());
            if (!twice.isEmpty()) {
                int freed = own.inTransaction(c -> EngineJobs.release(c, node.value(), twice));
                LOG.warn("freed {} job(s) that nobody executed any more: {}", freed, twice);
            }
            suspects = now;
        } catch (SQLException e) {
            LOG.warn("could not look for forgotten jobs: {}", e.getMessage());
        }
    }

    /**
     * A job that follows on a running one of the same instance waits for that one's thread and is
     * not forgotten.
     */
    private Map<String, Instant> idle() throws SQLException {
        List<EngineJobs.Held> held = own.inTransaction(c -> EngineJobs.heldBy(c, node.value()));
        Set<String> handed = executor.handed();
        Set<String> busy =
                held.stream()
                        .filter(job -> handed.contains(job.id()))
                        .map(EngineJobs.Held::processInstance)
                        .collect(Collectors.toSet());
        return held.stream()
                .filter(job -> !handed.contains(job.id()))
                .filter(job -> !busy.contains(job.processInstance()))
                .collect(Collectors.toMap(EngineJobs.Held::id, EngineJobs.Held::until));
    }
}
