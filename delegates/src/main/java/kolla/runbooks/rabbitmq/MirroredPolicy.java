package kolla.runbooks.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The policy that mirrors classic queues on n/2+1 brokers, for releases whose clients declare no
 * quorum queues (Kolla's {@code om_enable_rabbitmq_high_availability}).
 */
final class MirroredPolicy {

    private static final String NAME = "ha-all";
    private static final ObjectMapper JSON = new ObjectMapper();

    private MirroredPolicy() {}

    /** Sets the policy where the cluster's definition asks for it and it is not there yet. */
    static void ensure(RolloutContext context) {
        if (!context.service().settings().truth("om_enable_rabbitmq_high_availability", false)) {
            return;
        }
        Host host = context.service().hosts().get(0);
        if (present(context, host)) {
            return;
        }
        int copies = context.service().hosts().size() / 2 + 1;
        String definition =
                "{\"ha-mode\":\"exactly\",\"ha-params\":"
                        + copies
                        + ",\"ha-promote-on-shutdown\":\"always\"}";
        context.journal()
                .perform(
                        host.name(),
                        "policy " + NAME,
                        "classic queues are mirrored on " + copies + " brokers",
                        () -> {
                            ContainerEngine.ExecResult result =
                                    RabbitCli.run(
                                            context,
                                            host,
                                            "rabbitmqctl",
                                            "set_policy",
                                            "--apply-to",
                                            "queues",
                                            NAME,
                                            "^(?!(amq\\.)|(.*_fanout_)|(reply_)).*",
                                            definition);
                            if (!result.ok()) {
                                throw RunbookFailure.person(
                                        "KR-RABBIT-009",
                                        host.name(),
                                        "the mirroring policy was refused (exit "
                                                + result.exit()
                                                + "); releases from 4.0 on have none, so set"
                                                + " om_enable_rabbitmq_high_availability: no",
                                        result.err());
                            }
                            return "set";
                        });
    }

    private static boolean present(RolloutContext context, Host host) {
        ContainerEngine.ExecResult result =
                RabbitCli.run(
                        context,
                        host,
                        "rabbitmqctl",
                        "--silent",
                        "--formatter",
                        "json",
                        "list_policies");
        try {
            for (JsonNode policy : JSON.readTree(result.out())) {
                if (policy.path("name").asText().equals(NAME)) {
                    return true;
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
