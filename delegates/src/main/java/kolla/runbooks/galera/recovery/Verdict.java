package kolla.runbooks.galera.recovery;

/** What a node is worth for the recovery, in the words that people read. */
public enum Verdict {
    MEMBER("in the primary component"),
    NON_PRIMARY("runs outside of any primary component"),
    SILENT("runs, does not answer"),
    POSITION("position read"),
    EMPTY("no data"),
    TRANSFER_BROKEN("never: a state transfer into it did not end"),
    NO_HISTORY("never: its data name no cluster or no position"),
    UNREADABLE("never: its position could not be read"),
    ABSENT("not read: UNKNOWN");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether the cluster may be started from such a node. */
    public boolean candidate() {
        return this == NON_PRIMARY || this == POSITION;
    }

    /** Whether such a node may hold transactions that nobody else has. */
    public boolean unknown() {
        return this == ABSENT || this == UNREADABLE || this == NO_HISTORY;
    }

    /** Pure. Invariants M4, M5, M7. */
    static Verdict of(NodeEvidence node) {
        if (!(node instanceof NodeEvidence.Read read)) {
            return ABSENT;
        }
        if (read.live().isPresent()) {
            boolean known = read.position().orElseThrow().known();
            return read.primary() ? MEMBER : known ? NON_PRIMARY : NO_HISTORY;
        }
        if (read.silent()) {
            return SILENT;
        }
        if (!read.data().present()) {
            return EMPTY;
        }
        if (read.data().transferBroken()) {
            return TRANSFER_BROKEN;
        }
        if (!(read.recovered() instanceof Recovered.Found found)) {
            return UNREADABLE;
        }
        if (!found.position().known()) {
            return NO_HISTORY;
        }
        // two histories in one directory: neither number can be believed
        boolean torn =
                read.data()
                        .saved()
                        .filter(s -> !s.uuid().equals(kolla.runbooks.galera.WsrepStatus.ZERO_UUID))
                        .filter(s -> !s.sameHistory(found.position()))
                        .isPresent();
        return torn ? UNREADABLE : POSITION;
    }
}
