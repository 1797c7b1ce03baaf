package kolla.runbooks.galera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** For no combination of states may a decision endanger data or quorum. */
class GaleraSafetyTest {

    private static final List<String> HOSTS = List.of("a", "b", "c");
    private static final GaleraDesired DESIRED = new GaleraDesired(HOSTS, GaleraNodes.RUN);

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverBootstrapsBesideDataOrTheUnknown(@ForAll("clusters") List<GaleraNode> seen) {
        for (String host : HOSTS) {
            GaleraDecision decision = GaleraDecisions.decide(DESIRED, seen, host);
            boolean bootstraps =
                    decision instanceof GaleraDecision.MakeData
                            || decision instanceof GaleraDecision.StartNewCluster;
            if (bootstraps) {
                assertThat(host).isEqualTo("a");
                assertThat(seen).allMatch(GaleraNode.Read.class::isInstance);
                assertThat(reads(seen)).noneMatch(GaleraNode.Read::primary);
                assertThat(reads(seen).subList(1, 3))
                        .noneMatch(n -> n.data() || n.running() || n.mark().isPresent());
                GaleraNode.Read first = reads(seen).get(0);
                assertThat(first.data() && first.mark().isEmpty()).isFalse();
                assertThat(first.running()).isFalse();
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverRestartsAMemberUnlessTheOthersAreWhole(@ForAll("clusters") List<GaleraNode> seen) {
        for (String host : HOSTS) {
            if (GaleraDecisions.decide(DESIRED, seen, host) instanceof GaleraDecision.Replace) {
                assertThat(reads(seen)).hasSize(3).allMatch(GaleraNode.Read::synced);
                assertThat(reads(seen)).allMatch(n -> n.wsrep().orElseThrow().clusterSize() == 3);
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverStartsANodeWhileAnotherIsOnItsWay(@ForAll("clusters") List<GaleraNode> seen) {
        for (String host : HOSTS) {
            if (GaleraDecisions.decide(DESIRED, seen, host) instanceof GaleraDecision.Join) {
                List<GaleraNode.Read> members =
                        reads(seen).stream().filter(GaleraNode.Read::primary).toList();
                assertThat(members).isNotEmpty().allMatch(GaleraNode.Read::synced);
                assertThat(members)
                        .allMatch(n -> n.wsrep().orElseThrow().clusterSize() == members.size());
                assertThat(members).noneMatch(n -> n.host().equals(host));
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverActsOnDifferentHistories(@ForAll("clusters") List<GaleraNode> seen) {
        long histories =
                reads(seen).stream()
                        .flatMap(
                                n ->
                                        java.util.stream.Stream.concat(
                                                n.savedUuid().stream(),
                                                n.wsrep().map(WsrepStatus::uuid).stream()))
                        .distinct()
                        .count();
        if (histories > 1) {
            for (String host : HOSTS) {
                assertThat(GaleraDecisions.decide(DESIRED, seen, host))
                        .isInstanceOf(GaleraDecision.Refuse.class);
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void restartsTheWriterLast(@ForAll("clusters") List<GaleraNode> seen) {
        if (seen.stream().allMatch(GaleraNode.Read.class::isInstance)
                && reads(seen).stream().allMatch(GaleraNode.Read::synced)
                && reads(seen).stream().allMatch(n -> n.mark().isEmpty())) {
            List<String> order = GaleraDecisions.order(DESIRED, seen);
            assertThat(order).doesNotHaveDuplicates();
            assertThat(order.indexOf("a")).isIn(-1, order.size() - 1);
        }
    }

    @Provide
    Arbitrary<List<GaleraNode>> clusters() {
        return Combinators.combine(node("a"), node("b"), node("c"))
                .as((a, b, c) -> List.of(a, b, c));
    }

    private static Arbitrary<GaleraNode> node(String host) {
        Arbitrary<Optional<String>> uuid =
                Arbitraries.frequency(Tuple.of(5, GaleraNodes.UUID), Tuple.of(1, GaleraNodes.OTHER))
                        .optional(0.7);
        Arbitrary<Optional<BootstrapMark>> mark =
                Combinators.combine(
                                Arbitraries.of(GaleraNodes.RUN, "run-0"),
                                Arbitraries.of(true, false))
                        .as(BootstrapMark::new)
                        .optional(0.15);
        Arbitrary<Boolean> truth = Arbitraries.of(true, false);
        Arbitrary<GaleraNode> read =
                Combinators.combine(truth, uuid, mark, truth, truth, truth, truth, wsrep())
                        .as(
                                (data, saved, m, job, running, flag, differs, wsrep) ->
                                        new GaleraNode.Read(
                                                host,
                                                data,
                                                data ? saved : Optional.empty(),
                                                m,
                                                job && m.isPresent(),
                                                running,
                                                flag,
                                                differs,
                                                flag,
                                                running ? wsrep : Optional.empty(),
                                                0));
        Arbitrary<GaleraNode> whole =
                truth.map(
                        differs ->
                                differs
                                        ? GaleraNodes.changed(GaleraNodes.synced(host, 3))
                                        : GaleraNodes.synced(host, 3));
        return Arbitraries.frequencyOf(
                Tuple.of(20, read),
                Tuple.of(20, whole),
                Tuple.of(10, Arbitraries.just(GaleraNodes.empty(host))),
                Tuple.of(1, Arbitraries.just(new GaleraNode.Unread(host, "timed out"))));
    }

    private static Arbitrary<Optional<WsrepStatus>> wsrep() {
        return Combinators.combine(
                        Arbitraries.of("Primary", "Primary", "Primary", "non-Primary"),
                        Arbitraries.of("Synced", "Synced", "Synced", "Donor/Desynced", "Joiner"),
                        Arbitraries.of(1, 2, 3, 3, 3),
                        Arbitraries.of(7L, 7L, 7L, 8L))
                .as(
                        (status, state, size, view) ->
                                new WsrepStatus(
                                        status, state, size, GaleraNodes.UUID, view, true, true))
                .optional(0.85);
    }

    private static List<GaleraNode.Read> reads(List<GaleraNode> seen) {
        return seen.stream()
                .filter(GaleraNode.Read.class::isInstance)
                .map(GaleraNode.Read.class::cast)
                .toList();
    }
}
