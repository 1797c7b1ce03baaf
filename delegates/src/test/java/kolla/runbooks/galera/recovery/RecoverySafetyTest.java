package kolla.runbooks.galera.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** For no combination of states may a proposal lose what a reachable host still has. */
class RecoverySafetyTest {

    private static final List<String> HOSTS = List.of("n1", "n2", "n3");

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverProposesANodeWhileAReachableOneOfItsHistoryIsAhead(
            @ForAll("clusters") List<NodeEvidence> seen,
            @ForAll("choices") Optional<String> chosen) {
        Proposal proposal = RecoveryDecisions.decide(seen, chosen);
        Statistics.collect(proposal.getClass().getSimpleName());
        if (proposal instanceof Proposal.Recover recover && recover.plan().way() != Way.REJOIN) {
            Position position = recover.plan().position().orElseThrow();
            for (Read node : RecoveryDecisions.reads(seen)) {
                if (Verdict.of(node).candidate()) {
                    Position its = node.position().orElseThrow();
                    assertThat(its.sameHistory(position) && its.seqno() > position.seqno())
                            .as("%s is ahead of %s", node.host(), recover.plan().host())
                            .isFalse();
                }
            }
        }
        if (proposal instanceof Proposal.Choose choose) {
            assertThat(choose.candidates())
                    .extracting(l -> l.position().orElseThrow().history())
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(1);
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void neverMakesAPrimaryComponentWhileOneLives(
            @ForAll("clusters") List<NodeEvidence> seen,
            @ForAll("choices") Optional<String> chosen) {
        Proposal proposal = RecoveryDecisions.decide(seen, chosen);
        List<Read> members = RecoveryDecisions.reads(seen).stream().filter(Read::primary).toList();
        if (!members.isEmpty()) {
            assertThat(proposal).isNotInstanceOf(Proposal.Choose.class);
            if (proposal instanceof Proposal.Recover recover) {
                assertThat(recover.plan().way()).isEqualTo(Way.REJOIN);
                assertThat(recover.plan().joiners())
                        .doesNotContainAnyElementsOf(members.stream().map(Read::host).toList());
                assertThat(recover.plan().halted()).isEmpty();
            }
            if (proposal instanceof Proposal.Halt halt) {
                assertThat(halt.hosts())
                        .doesNotContainAnyElementsOf(members.stream().map(Read::host).toList());
                assertThat(members).allMatch(Read::synced);
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void onlyACandidateIsStartedAndNothingRunsBesideIt(
            @ForAll("clusters") List<NodeEvidence> seen,
            @ForAll("choices") Optional<String> chosen) {
        if (RecoveryDecisions.decide(seen, chosen) instanceof Proposal.Recover recover
                && recover.plan().way() != Way.REJOIN) {
            RecoveryPlan plan = recover.plan();
            Read best = read(seen, plan.host());
            assertThat(Verdict.of(best).candidate()).isTrue();
            assertThat(best.position()).isEqualTo(plan.position());
            assertThat(plan.position().orElseThrow().known()).isTrue();
            assertThat(RecoveryDecisions.reads(seen)).noneMatch(Read::silent);
            if (plan.way() == Way.BOOTSTRAP) {
                assertThat(plan.halted())
                        .containsExactlyElementsOf(
                                RecoveryDecisions.reads(seen).stream()
                                        .filter(r -> r.live().isPresent())
                                        .map(Read::host)
                                        .toList());
            }
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void twoPeopleApproveWhateverMayLoseTransactions(
            @ForAll("clusters") List<NodeEvidence> seen,
            @ForAll("choices") Optional<String> chosen) {
        if (RecoveryDecisions.decide(seen, chosen) instanceof Proposal.Recover recover
                && recover.plan().way() != Way.REJOIN) {
            RecoveryPlan plan = recover.plan();
            boolean unsure = seen.stream().anyMatch(n -> Verdict.of(n).unknown());
            boolean foreign =
                    RecoveryDecisions.reads(seen).stream()
                            .filter(r -> Verdict.of(r).candidate())
                            .anyMatch(
                                    r ->
                                            !r.position()
                                                    .orElseThrow()
                                                    .sameHistory(plan.position().orElseThrow()));
            assertThat(plan.approvals()).isEqualTo(unsure || foreign ? 2 : 1);
        }
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void whoHoldsDataThatTheClusterLacksKeepsThemAside(
            @ForAll("clusters") List<NodeEvidence> seen,
            @ForAll("choices") Optional<String> chosen) {
        if (RecoveryDecisions.decide(seen, chosen) instanceof Proposal.Recover recover) {
            RecoveryPlan plan = recover.plan();
            Position cluster =
                    plan.position()
                            .orElseGet(() -> read(seen, plan.host()).position().orElseThrow());
            for (String joiner : plan.joiners()) {
                Read node = read(seen, joiner);
                boolean holds =
                        switch (Verdict.of(node)) {
                            case UNREADABLE, NO_HISTORY -> true;
                            case POSITION, NON_PRIMARY -> {
                                Position its = node.position().orElseThrow();
                                yield !its.sameHistory(cluster) || its.seqno() > cluster.seqno();
                            }
                            default -> false;
                        };
                assertThat(plan.aside().contains(joiner)).as(joiner).isEqualTo(holds);
            }
        }
    }

    private static Read read(List<NodeEvidence> seen, String host) {
        return RecoveryDecisions.reads(seen).stream()
                .filter(r -> r.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    @Provide
    Arbitrary<Optional<String>> choices() {
        return Arbitraries.of(HOSTS).optional(0.3);
    }

    @Provide
    Arbitrary<List<NodeEvidence>> clusters() {
        return Combinators.combine(node("n1"), node("n2"), node("n3"))
                .as((a, b, c) -> List.of(a, b, c));
    }

    private static Arbitrary<NodeEvidence> node(String host) {
        Arbitrary<String> uuid =
                Arbitraries.frequency(
                        Tuple.of(8, Nodes.UUID),
                        Tuple.of(2, Nodes.OTHER),
                        Tuple.of(1, WsrepStatus.ZERO_UUID));
        Arbitrary<Long> seqno = Arbitraries.longs().between(-1, 6);
        Arbitrary<NodeEvidence> stopped =
                Combinators.combine(uuid, seqno, uuid.optional(0.7), Arbitraries.of(true, false))
                        .as(
                                (u, s, saved, safe) ->
                                        Nodes.stopped(
                                                host,
                                                Nodes.data(
                                                        safe, saved.map(x -> new Position(x, s))),
                                                new Recovered.Found(new Position(u, s))));
        Arbitrary<NodeEvidence> live =
                Combinators.combine(
                                uuid,
                                seqno.filter(s -> s >= 0),
                                Arbitraries.of("Primary", "non-Primary", "non-Primary"),
                                Arbitraries.of("Synced", "Synced", "Donor/Desynced"),
                                Arbitraries.of(7L, 7L, 7L, 9L))
                        .as(
                                (u, s, cluster, state, view) ->
                                        Nodes.live(
                                                host, Nodes.status(cluster, state, 2, view, u), s));
        return Arbitraries.frequencyOf(
                Tuple.of(10, stopped),
                Tuple.of(
                        3,
                        seqno.filter(s -> s >= 0)
                                .map(s -> (NodeEvidence) Nodes.branched(host, s, "run-7"))),
                Tuple.of(6, live),
                Tuple.of(
                        1,
                        Arbitraries.of(true, false).map(t -> (NodeEvidence) Nodes.silent(host, t))),
                Tuple.of(2, Arbitraries.just(Nodes.unread(host))),
                Tuple.of(1, Arbitraries.just(Nodes.unreadable(host))),
                Tuple.of(1, Arbitraries.just(Nodes.empty(host))),
                Tuple.of(1, seqno.map(s -> (NodeEvidence) Nodes.transferBroken(host, s))));
    }
}
