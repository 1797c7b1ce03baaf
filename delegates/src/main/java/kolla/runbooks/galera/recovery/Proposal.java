package kolla.runbooks.galera.recovery;

import java.util.List;

/** What {@link RecoveryDecisions} makes of what was seen. Every one explains itself. */
public sealed interface Proposal {

    String sentence();

    /** Every host is a Synced member of one primary component: no container is touched. */
    record Nothing(String sentence) implements Proposal {}

    /** Something goes on that should end by itself; look again. */
    record Wait(String sentence) implements Proposal {}

    /** These servers run without answering and must stand, so that their positions can be read. */
    record Halt(List<String> hosts, String sentence) implements Proposal {
        public Halt {
            hosts = List.copyOf(hosts);
        }
    }

    /** Histories that cannot be compared: a person picks one of the most advanced of each. */
    record Choose(List<RecoveryPlan.Line> candidates, String sentence) implements Proposal {
        public Choose {
            candidates = List.copyOf(candidates);
        }
    }

    /** Nothing may be done by this runbook as things are. */
    record Stop(String code, String sentence) implements Proposal {

        /** Whether a backup is what is left. */
        public boolean restore() {
            return code.equals(RecoveryDecisions.NO_CANDIDATE);
        }

        /** Whether it is about the host that a person picked. */
        public boolean notACandidate() {
            return code.equals(RecoveryDecisions.NOT_A_CANDIDATE);
        }
    }

    /** To be approved, then done. */
    record Recover(RecoveryPlan plan) implements Proposal {
        @Override
        public String sentence() {
            return plan.sentences().get(0);
        }
    }
}
