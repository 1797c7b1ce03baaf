package kolla.runbooks.galera.recovery;

import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/** What may be missing afterwards, said before anybody approves (M13). Pure. */
final class Loss {

    private Loss() {}

    static List<String> sentences(
            Position position,
            List<String> absent,
            List<String> unreadable,
            List<Read> read,
            boolean chosen) {
        List<String> sentences = new ArrayList<>();
        if (!absent.isEmpty()) {
            String who = String.join(", ", absent);
            sentences.add(
                    who
                            + " could not be read. Transactions after "
                            + position.seqno()
                            + " that only "
                            + who
                            + (absent.size() == 1 ? " has" : " have")
                            + " are lost to the cluster; "
                            + (absent.size() == 1 ? "its data stay" : "their data stay")
                            + " on disk. It is fenced: the recovered cluster lets it in only empty,"
                            + " through this runbook.");
            sentences.add(
                    "Keep "
                            + who
                            + " powered off until this run has ended: whoever was a member of the"
                            + " last component on its own makes a component of its own when it"
                            + " comes back, and takes writes until galera-watch or a run finds and"
                            + " stops it. What it takes in that time stays in its data directory"
                            + " and nowhere else.");
        }
        if (!unreadable.isEmpty()) {
            sentences.add(
                    "The position of "
                            + String.join(", ", unreadable)
                            + " could not be read. What only "
                            + (unreadable.size() == 1 ? "it has" : "they have")
                            + " is lost to the cluster.");
        }
        if (chosen) {
            sentences.add("What was written in the other histories is lost to the cluster.");
        }
        List<Read> lazy = read.stream().filter(r -> r.flush() != 1).toList();
        if (!lazy.isEmpty()) {
            sentences.add(
                    "innodb_flush_log_at_trx_commit is "
                            + lazy.get(0).flush()
                            + " on "
                            + RecoveryDecisions.names(lazy)
                            + ": after a power cut of every host about the last second of"
                            + " acknowledged commits may be on no disk.");
        } else if (absent.isEmpty() && unreadable.isEmpty() && !chosen) {
            sentences.add(
                    "Every host was read and innodb_flush_log_at_trx_commit is 1: no acknowledged"
                            + " commit is missing.");
        }
        return sentences;
    }
}
