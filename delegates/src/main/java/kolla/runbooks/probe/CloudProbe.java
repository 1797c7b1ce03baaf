package kolla.runbooks.probe;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.rollout.RolloutContext;

/** Makes the probe of a run, from the definition of its cluster; looks at no host. Thread-safe. */
public final class CloudProbe {

    /** Who was silent this long is taken for dead, and somebody else probes. */
    public static final Duration SILENCE = Duration.ofSeconds(8);

    private static final String GUEST = "kr_probe_";

    private final Probes probes;
    private final ProbeRates rates;
    private final SecureRandom random = new SecureRandom();

    public CloudProbe(Probes probes, ProbeRates rates) {
        this.probes = probes;
        this.rates = rates;
    }

    /** What a program needs to probe for a run. */
    public interface Draft {

        /** Everything that will be probed, by name. */
        List<String> kinds();

        /** Nothing is done before it is told to start. */
        ProbePart part(ProbeShift shift);
    }

    /**
     * @param context about any service of the cluster
     * @param node this program
     */
    public Draft draft(RunId run, RolloutContext context, String node, ProbeListener listener) {
        String password = password();
        List<String> secrets = new ArrayList<>(context.cluster().passwords().secrets());
        secrets.add(password);
        Masker masker = new Masker(secrets);
        OffsetClock clock = new OffsetClock();
        List<Target> targets = new Targets(context, rates, guest(run), password, clock).all();
        return new Draft() {
            @Override
            public List<String> kinds() {
                return targets.stream().map(Target::kind).toList();
            }

            @Override
            public ProbePart part(ProbeShift shift) {
                clock.isNow(shift.began());
                return new Probing(probes, shift, node, targets, masker, listener, clock);
            }
        };
    }

    /** What to reach from the program, for people: each kind and where. */
    public List<String> places(RunId run, RolloutContext context) {
        return new Targets(context, rates, guest(run), "", InstantSource.system())
                .all().stream().map(t -> t.kind() + " at " + t.where()).toList();
    }

    /** Of its own for each run, so that a late clean-up takes nothing away from the next one. */
    static String guest(RunId run) {
        String value = run.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return GUEST + value.substring(Math.max(0, value.length() - 8));
    }

    private String password() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** This machine's clock, set to the database's. */
    private static final class OffsetClock implements InstantSource {
        private volatile Duration offset = Duration.ZERO;

        void isNow(Instant now) {
            offset = Duration.between(Instant.now(), now);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }
    }
}
