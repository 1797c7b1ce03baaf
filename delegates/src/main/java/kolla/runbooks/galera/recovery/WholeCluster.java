package kolla.runbooks.galera.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/** Whether the cluster is one and whole again. Pure. */
final class WholeCluster {

    private WholeCluster() {}

    /**
     * @param absent hosts that the recovery went on without
     */
    static List<String> wrongs(List<NodeEvidence> seen, List<String> absent) {
        List<String> wrongs = new ArrayList<>();
        TreeSet<String> histories = new TreeSet<>();
        long expected = seen.stream().filter(n -> !absent.contains(n.host())).count();
        for (NodeEvidence node : seen) {
            if (absent.contains(node.host())) {
                continue;
            }
            if (!(node instanceof Read read) || !read.synced()) {
                wrongs.add("is not Synced: " + EvidenceText.line(node));
                continue;
            }
            histories.add(read.live().orElseThrow().wsrep().uuid());
            int size = read.live().orElseThrow().wsrep().clusterSize();
            if (size != expected) {
                wrongs.add(node.host() + " sees " + size + " member(s) instead of " + expected);
            }
            if (read.flagged()) {
                wrongs.add(node.host() + " would bootstrap a new cluster at its next start");
            }
        }
        if (histories.size() > 1) {
            wrongs.add("the members are of different histories: " + histories);
        }
        return wrongs;
    }
}
