package kolla.runbooks.galera.recovery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is proposed and, once approved, done. Equal plans have equal canonical JSON and so equal
 * digests; what changes from look to look without meaning (ages, free space) is not in it.
 *
 * @param way how a primary component comes to be
 * @param host it comes from; one of its members where it lives
 * @param position of that host; for a component that lives, empty: it moves on
 * @param joiners hosts to bring in afterwards, one at a time, in this order
 * @param aside those of them whose data are moved aside first, so that they join empty
 * @param absent hosts that were not reached: fenced, so that their data cannot come back unnoticed
 * @param halted hosts whose server runs now and must stand before another one bootstraps
 * @param keepsCopy whether the data of {@code host} are copied aside before it is started
 * @param approvals how many people have to approve: 1 or 2
 * @param nodes what was seen, one line a host
 * @param sentences what follows from it
 */
public record RecoveryPlan(
        Way way,
        String host,
        Optional<Position> position,
        List<String> joiners,
        List<String> aside,
        List<String> absent,
        List<String> halted,
        boolean keepsCopy,
        int approvals,
        List<Line> nodes,
        List<String> sentences) {

    /** How a primary component comes to be. */
    public enum Way {
        /** One lives; others are brought back into it. */
        REJOIN,
        /** A running node is declared primary in place. */
        PROMOTE,
        /** A stopped node is started as a new primary component. */
        BOOTSTRAP,
        /** Nothing yet: a person chooses first. */
        CHOOSE
    }

    /** A host as the plan saw it. */
    public record Line(String host, Verdict verdict, Optional<Position> position) {}

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    public RecoveryPlan {
        joiners = List.copyOf(joiners);
        aside = List.copyOf(aside);
        absent = List.copyOf(absent);
        halted = List.copyOf(halted);
        nodes = List.copyOf(nodes);
        sentences = List.copyOf(sentences);
    }

    /**
     * What is asked before there is a plan: which of the candidates. Nothing can be done with it.
     */
    public static RecoveryPlan choice(Proposal.Choose choose) {
        return new RecoveryPlan(
                Way.CHOOSE,
                "",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                1,
                choose.candidates(),
                List.of(choose.sentence()));
    }

    /** Canonical JSON: keys sorted, no white space. */
    public String json() {
        try {
            return CANONICAL.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is always writable as JSON", e);
        }
    }

    /** SHA-256 of {@link #json}, lower-case hex. */
    @JsonIgnore
    public String digest() {
        return digest(json());
    }

    public static String digest(String json) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @throws IllegalArgumentException when that is no plan of a recovery
     */
    public static RecoveryPlan parse(String json) {
        try {
            return CANONICAL.readValue(json, RecoveryPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the plan of a recovery: " + e.getMessage(), e);
        }
    }
}
