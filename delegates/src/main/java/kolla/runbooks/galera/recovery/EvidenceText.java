package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/** Evidence as a tired person reads it, in a fixed-width font. Pure. */
public final class EvidenceText {

    private static final List<String> HEADS =
            List.of("HOST", "STATE", "HISTORY", "POSITION", "LAST WRITE", "VERDICT");

    /** Enough of a UUID to tell histories apart; the whole stands in the evidence. */
    private static final int UUID_SHOWN = 8;

    private static final int BRANCH_SHOWN = 4;

    private EvidenceText() {}

    /** The proposal as it is approved: a table of the hosts, then what follows from it. */
    public static String of(RecoveryPlan plan, List<NodeEvidence> seen) {
        List<String> lines = new ArrayList<>(table(seen));
        lines.addAll(unread(seen));
        lines.add("");
        plan.sentences().forEach(s -> lines.add("- " + s));
        if (plan.approvals() > 1) {
            lines.add("- Two people have to approve this, because it may lose transactions.");
        }
        return String.join("\n", lines);
    }

    /** What a person has to know to choose: the same table, and the candidates. */
    public static String choice(Proposal.Choose choose, List<NodeEvidence> seen) {
        List<String> lines = new ArrayList<>(table(seen));
        lines.addAll(unread(seen));
        lines.add("");
        lines.add("- " + choose.sentence() + ".");
        choose.candidates()
                .forEach(
                        c ->
                                lines.add(
                                        "- "
                                                + c.host()
                                                + " would bring back "
                                                + c.position().orElseThrow()));
        lines.add(
                "- To go on, approve and name the host. The plan that follows from your choice is"
                        + " then shown, and two people approve it. Every data directory is kept.");
        return String.join("\n", lines);
    }

    /** Why; not a part of the plan, because it may be said otherwise at the next look. */
    private static List<String> unread(List<NodeEvidence> seen) {
        return seen.stream()
                .filter(NodeEvidence.Unread.class::isInstance)
                .map(n -> n.host() + " could not be read: " + ((NodeEvidence.Unread) n).why())
                .toList();
    }

    /** One row a host. */
    public static List<String> table(List<NodeEvidence> seen) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        seen.forEach(n -> rows.add(row(n)));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> row(NodeEvidence node) {
        Verdict verdict = Verdict.of(node);
        if (!(node instanceof Read read)) {
            return List.of(node.host(), "not read", "?", "?", "?", verdict.words());
        }
        Optional<Position> position = read.position();
        return List.of(
                node.host(),
                state(read),
                position.map(EvidenceText::history).orElse("-"),
                position.map(p -> String.valueOf(p.seqno())).orElse("-"),
                read.live().isPresent()
                        ? "running"
                        : read.data().age().map(EvidenceText::ago).orElse("-"),
                verdict.words());
    }

    /** The beginning of the UUID; after a recovery without a host also the end of that run's id. */
    private static String history(Position position) {
        String uuid = position.uuid();
        String branch = position.branch();
        return uuid.substring(0, Math.min(UUID_SHOWN, uuid.length()))
                + (branch.isEmpty()
                        ? ""
                        : "+" + branch.substring(Math.max(0, branch.length() - BRANCH_SHOWN)));
    }

    private static String state(Read read) {
        if (read.live().isPresent()) {
            return read.live().get().wsrep().clusterStatus()
                    + "/"
                    + read.live().get().wsrep().localState();
        }
        return switch (read.server()) {
            case RUNNING -> "silent";
            case STOPPED -> "stopped";
            case NONE -> "no container";
        };
    }

    static String ago(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 120) {
            return seconds + " s ago";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min ago";
        }
        return seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }

    /** Everything about one host, for the run's evidence and log. */
    public static String line(NodeEvidence node) {
        if (node instanceof NodeEvidence.Unread unread) {
            return unread.host() + ": not read, " + unread.why();
        }
        Read read = (Read) node;
        DataDirectory data = read.data();
        StringBuilder text = new StringBuilder(read.host());
        text.append(": ").append(state(read)).append(", ").append(Verdict.of(read).words());
        read.position().ifPresent(p -> text.append(", position ").append(p));
        if (read.recovered() instanceof Recovered.Failed failed) {
            text.append(", ").append(failed.why());
        }
        data.saved().ifPresent(s -> text.append(", grastate.dat ").append(s));
        text.append(data.safeToBootstrap() ? ", safe_to_bootstrap" : "");
        data.savedView().ifPresent(v -> text.append(", gvwstate.dat ").append(v));
        data.age().ifPresent(a -> text.append(", last write ").append(ago(a)));
        text.append(
                String.format(
                        ", data %d MiB, free %d MiB, flush %d, clock %+d s%s",
                        data.bytes() >> 20,
                        data.freeBytes() >> 20,
                        read.flush(),
                        read.clockAhead(),
                        read.flagged() ? ", WOULD BOOTSTRAP AT ITS NEXT START" : ""));
        read.live()
                .ifPresent(
                        l ->
                                text.append(", sees ")
                                        .append(l.wsrep().clusterSize())
                                        .append(" member(s), version ")
                                        .append(l.version())
                                        .append(
                                                l.allowed().isEmpty()
                                                        ? ""
                                                        : ", lets in only " + l.allowed()));
        return text.toString();
    }
}
