package kolla.runbooks.galera;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import kolla.runbooks.rollout.Finding;

/** What verification says about a cluster. Pure. */
final class GaleraFindings {

    static final String NOT_WHOLE = "KR-GALERA-007";

    private GaleraFindings() {}

    /** Size, one history, all Synced, and nobody who would bootstrap again. */
    static List<Finding> of(GaleraDesired desired, List<GaleraNode> seen) {
        List<Finding> findings = new ArrayList<>();
        TreeSet<String> uuids = new TreeSet<>();
        int synced = 0;
        for (GaleraNode node : seen) {
            if (node instanceof GaleraNode.Read read && read.synced()) {
                WsrepStatus wsrep = read.wsrep().orElseThrow();
                uuids.add(wsrep.uuid());
                synced++;
                if (wsrep.clusterSize() != desired.size()) {
                    findings.add(
                            bad(
                                    node,
                                    "sees "
                                            + wsrep.clusterSize()
                                            + " member(s) instead of "
                                            + desired.size()));
                }
            } else {
                findings.add(bad(node, "is not Synced: " + describe(node)));
            }
            if (node instanceof GaleraNode.Read read && read.flagged()) {
                findings.add(bad(node, "would bootstrap a new cluster at its next start"));
            }
        }
        if (uuids.size() > 1) {
            findings.add(
                    Finding.bad(
                            GaleraDecisions.SPLIT,
                            "the nodes hold data of different clusters: " + uuids));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.good(
                            NOT_WHOLE,
                            "Galera: "
                                    + synced
                                    + " of "
                                    + desired.size()
                                    + " nodes Synced in one primary component, uuid "
                                    + String.join(", ", uuids)));
        }
        return findings;
    }

    static String describe(GaleraNode node) {
        return node instanceof GaleraNode.Read read
                ? read.describe()
                : node.host() + ": not read, " + ((GaleraNode.Unread) node).why();
    }

    private static Finding bad(GaleraNode node, String what) {
        return Finding.bad(NOT_WHOLE, node.host(), "Galera on " + node.host() + " " + what);
    }
}
