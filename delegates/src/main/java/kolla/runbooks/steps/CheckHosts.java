package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.preflight.HostFacts;
import kolla.runbooks.preflight.HostFactsReader;
import kolla.runbooks.preflight.Preflight;
import kolla.runbooks.preflight.Problem;
import kolla.runbooks.preflight.Requirements;
import kolla.runbooks.rollout.Planner;

/** Looks at every host and reports all problems at once; changes nothing. */
final class CheckHosts extends Step {

    CheckHosts(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        check(call, call.deployment());
    }

    /**
     * @throws RunbookFailure {@code KR-PREFLIGHT-001} with every problem on every host
     */
    static void check(StepCall call, Deployment deployment) {
        StepEnvironment environment = call.environment();
        List<Host> hosts = Planner.hosts(deployment);
        List<String> names = hosts.stream().map(Host::name).toList();
        HostFactsReader reader = new HostFactsReader(environment.clock());
        Map<Host, FanOut.Outcome<HostFacts>> seen =
                environment
                        .fanOut()
                        .each(
                                hosts,
                                h ->
                                        reader.read(
                                                environment.hosts().on(deployment.cluster(), h),
                                                environment.engines().on(deployment.cluster(), h),
                                                deployment.vip(),
                                                names));
        Map<Host, HostFacts> facts = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        seen.forEach(
                (host, outcome) -> {
                    boolean reachable = outcome instanceof FanOut.Outcome.Done<HostFacts>;
                    environment.sightings().seen(call.clusterName(), host.name(), reachable);
                    if (outcome instanceof FanOut.Outcome.Done<HostFacts> done) {
                        facts.put(host, done.value());
                    } else if (outcome instanceof FanOut.Outcome.Failed<HostFacts> failed) {
                        problems.add(
                                new Problem(host.name(), "reachable", failed.cause().getMessage()));
                    }
                });
        problems.addAll(
                Preflight.decide(
                        deployment, facts, Requirements.of(deployment.cluster().globals())));
        facts.forEach((host, f) -> call.journal().evidence(host.name(), "facts", f.toString()));
        if (!problems.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-PREFLIGHT-001",
                    problems.size()
                            + " problem(s) on the hosts, all in the log; the first: "
                            + problems.get(0),
                    problems.stream().map(Problem::toString).toList());
        }
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        names.size() + " hosts are fit: " + String.join(", ", names));
    }
}
