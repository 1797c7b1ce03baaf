package kolla.runbooks.membership;

import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Ends the control plane's services on a host that was gone and has come back to life. */
public final class DepartedFence {

    /**
     * Arguments: {@code look} or {@code fence}, then the virtual address. Prints the containers of
     * the control plane that run or would run again by themselves. Keepalived ends first and
     * gracefully, so that it gives the address up; the others are killed: what they hold is not the
     * cluster's any more.
     */
    private static final String SCRIPT =
            """
            what=$1 vip=$2
            docker info >/dev/null 2>&1 || exit 0
            names=$(docker ps -a --filter label=kolla_runbooks --format '{{.Names}}')
            for name in keepalived $(echo "$names" | grep -vx keepalived); do
              state=$(docker inspect -f '{{.State.Running}} {{.State.Restarting}} {{.HostConfig.RestartPolicy.Name}}' "$name" 2>/dev/null) || continue
              case "$state" in 'false false no') continue ;; esac
              echo "$name"
              [ "$what" = fence ] || continue
              docker update --restart=no "$name" >/dev/null || exit 1
              if [ "$name" = keepalived ]; then docker stop -t 5 "$name" >/dev/null; else docker kill "$name" >/dev/null 2>&1; fi
              docker stop -t 1 "$name" >/dev/null || exit 1
            done
            [ "$what" = fence ] || exit 0
            ip -o addr show | awk -v vip="$vip" '{split($4, a, "/"); if (a[1] == vip) print $2, $4}' |
              while read -r device address; do ip addr del "$address" dev "$device"; done
            exit 0
            """;

    private DepartedFence() {}

    /**
     * Looks, and acts only when something runs there.
     *
     * @throws RunbookFailure while the host cannot be reached
     */
    public static void raise(RolloutContext context, Host host) {
        if (run(context, host, "look").isEmpty()) {
            return;
        }
        context.journal()
                .warn(
                        host.name(),
                        "was gone and has come back to life with its services; they are ended now");
        context.journal()
                .perform(
                        host.name(),
                        "fence the departed host",
                        "it is no member any more and must neither hold the virtual address nor"
                                + " speak for the cluster",
                        () ->
                                "ended, and not started again by its engine: "
                                        + run(context, host, "fence"));
    }

    private static String run(RolloutContext context, Host host, String what) {
        CommandResult result =
                context.connection(host)
                        .run(Command.script(SCRIPT, what, context.deployment().vip()));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    HostClearing.NOT_CLEARED,
                    host.name(),
                    "its containers could not be ended (exit " + result.exit() + ")",
                    result.err());
        }
        return String.join(", ", result.out().lines().toList());
    }
}
