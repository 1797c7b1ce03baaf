package kolla.runbooks.rabbitmq;

import java.util.List;
import kolla.runbooks.catalog.BrokerAccount;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.BrokerAccounts;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Accounts of the broker, made on the first host whose broker runs. An account that can log in and
 * has its rights is left alone. Fails with {@code KR-RABBIT-009}.
 */
public final class RabbitAccounts implements BrokerAccounts {

    @Override
    public boolean ensure(RolloutContext context, BrokerAccount account) {
        RolloutContext rabbit =
                context.about(
                        context.deployment()
                                .ofKind("rabbitmq")
                                .orElseThrow(
                                        () ->
                                                failure(
                                                        "broker account "
                                                                + account.user()
                                                                + ": no service of kind rabbitmq"
                                                                + " is enabled")));
        String password =
                context.cluster()
                        .passwords()
                        .find(account.passwordKey())
                        .orElseThrow(
                                () ->
                                        failure(
                                                account.passwordKey()
                                                        + ": is empty or missing in"
                                                        + " passwords.yml"));
        Host host = running(rabbit);
        if (stands(rabbit, host, account, password)) {
            return false;
        }
        rabbit.journal()
                .perform(
                        host.name(),
                        "account " + account.user() + " at " + account.vhost(),
                        "it can log in and has its rights",
                        () -> {
                            make(rabbit, host, account, password);
                            return "made";
                        });
        return true;
    }

    /** Whether the account has the defined password. */
    static boolean logsIn(RolloutContext rabbit, Host host, BrokerAccount account) {
        return rabbit.cluster()
                .passwords()
                .find(account.passwordKey())
                .map(
                        password ->
                                RabbitCli.telling(
                                                rabbit,
                                                host,
                                                password,
                                                "rabbitmqctl",
                                                "authenticate_user",
                                                account.user())
                                        .ok())
                .orElse(false);
    }

    private static boolean stands(
            RolloutContext rabbit, Host host, BrokerAccount account, String password) {
        boolean login =
                RabbitCli.telling(
                                rabbit,
                                host,
                                password,
                                "rabbitmqctl",
                                "authenticate_user",
                                account.user())
                        .ok();
        if (!login) {
            return false;
        }
        ContainerEngine.ExecResult rights =
                RabbitCli.run(
                        rabbit,
                        host,
                        "rabbitmqctl",
                        "--silent",
                        "list_user_permissions",
                        account.user());
        return rights.ok()
                && rights.out()
                        .lines()
                        .map(l -> l.split("\t"))
                        .anyMatch(
                                f ->
                                        f.length == 4
                                                && f[0].equals(account.vhost())
                                                && f[1].equals(".*")
                                                && f[2].equals(".*")
                                                && f[3].strip().equals(".*"));
    }

    static void make(RolloutContext rabbit, Host host, BrokerAccount account, String password) {
        String user = account.user();
        if (!exists(rabbit, host, "list_vhosts", account.vhost())) {
            must(host, RabbitCli.run(rabbit, host, "rabbitmqctl", "add_vhost", account.vhost()));
        }
        String verb = exists(rabbit, host, "list_users", user) ? "change_password" : "add_user";
        must(host, RabbitCli.telling(rabbit, host, password, "rabbitmqctl", verb, user));
        if (account.administrator()) {
            must(
                    host,
                    RabbitCli.run(
                            rabbit, host, "rabbitmqctl", "set_user_tags", user, "administrator"));
        }
        must(
                host,
                RabbitCli.run(
                        rabbit,
                        host,
                        "rabbitmqctl",
                        "set_permissions",
                        "--vhost",
                        account.vhost(),
                        user,
                        ".*",
                        ".*",
                        ".*"));
    }

    static boolean exists(RolloutContext rabbit, Host host, String list, String name) {
        ContainerEngine.ExecResult all =
                RabbitCli.run(rabbit, host, "rabbitmqctl", "--silent", list);
        must(host, all);
        return all.out().lines().anyMatch(l -> l.split("\t", 2)[0].strip().equals(name));
    }

    static Host running(RolloutContext rabbit) {
        return rabbit.service().hosts().stream()
                .filter(h -> RabbitRollout.answers(rabbit, h))
                .findFirst()
                .orElseThrow(() -> failure("no broker runs, so no account can be made"));
    }

    private static void must(Host host, ContainerEngine.ExecResult result) {
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-RABBIT-009",
                    host.name(),
                    "the broker refused to make the account (exit " + result.exit() + ")",
                    result.err());
        }
    }

    private static RunbookFailure failure(String sentence) {
        return RunbookFailure.person("KR-RABBIT-009", sentence, List.of());
    }
}
