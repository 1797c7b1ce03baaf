package kolla.runbooks.probe;

import com.rabbitmq.client.Address;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.galera.GaleraGuest;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rabbitmq.RabbitGuest;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.tls.Authorities;
import kolla.runbooks.tls.Side;

/** What there is to use in a cluster, from its definition; looks at no host. */
final class Targets {

    static final String TOKEN = "token";
    static final String SQL = "sql";
    static final String SQL_FRESH = "sql-connect";
    static final String MESSAGE = "message";
    static final String MESSAGE_FRESH = "message-connect";
    private static final String API = "api ";

    private final RolloutContext context;
    private final ProbeRates rates;
    private final String guest;
    private final String password;
    private final InstantSource clock;

    /**
     * @param guest the name of the probe's accounts
     * @param password theirs; new in each program
     */
    Targets(
            RolloutContext context,
            ProbeRates rates,
            String guest,
            String password,
            InstantSource clock) {
        this.context = context;
        this.rates = rates;
        this.guest = guest;
        this.password = password;
        this.clock = clock;
    }

    List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (DesiredService service : context.deployment().services()) {
            switch (service.kind()) {
                case "keystone" ->
                        service.endpoint().ifPresent(e -> targets.add(token(service, e)));
                case "galera" -> targets.addAll(sql(service));
                case "rabbitmq" -> targets.addAll(messages(service));
                default -> {}
            }
            service.frontends()
                    .forEach(
                            f ->
                                    f.health()
                                            .ifPresent(
                                                    health ->
                                                            targets.add(
                                                                    api(
                                                                            f,
                                                                            health,
                                                                            service.settings()))));
        }
        return targets;
    }

    private Target token(DesiredService keystone, Endpoint endpoint) {
        String base = endpoint.internalUrl().replaceAll("/+$", "");
        Variables settings = keystone.settings();
        TokenUse.Login login =
                new TokenUse.Login(
                        base + (base.endsWith("/v3") ? "" : "/v3"),
                        settings.string("keystone_admin_user", "admin"),
                        context.cluster().passwords().find("keystone_admin_password").orElse(""),
                        settings.string("keystone_admin_project", "admin"));
        return new Target(
                TOKEN,
                ProbeRates.period(rates.tokens()),
                base,
                Optional.empty(),
                () -> new TokenUse(login, trust(Side.INTERNAL, settings)));
    }

    private List<Target> sql(DesiredService galera) {
        Variables settings = galera.settings();
        String address = settings.string("database_address", context.deployment().vip());
        int port = settings.integer("database_port", 3306);
        SqlUse.Account account = new SqlUse.Account(address, port, guest, guest, password);
        Optional<Lodging> lodging = Optional.of(new DatabaseLodging());
        String where = address + ":" + port;
        return List.of(
                new Target(SQL, kept(), where, lodging, () -> SqlUse.keeping(account)),
                new Target(SQL_FRESH, fresh(), where, lodging, () -> SqlUse.fresh(account)));
    }

    private List<Target> messages(DesiredService rabbit) {
        int port = rabbit.settings().integer("rabbitmq_port", 5672);
        List<Address> brokers =
                rabbit.hosts().stream().map(h -> new Address(address(h), port)).toList();
        MessageUse.Account account = new MessageUse.Account(brokers, guest, guest, password);
        Optional<Lodging> lodging = Optional.of(new BrokerLodging());
        String where = String.join(", ", brokers.stream().map(Address::toString).toList());
        return List.of(
                new Target(
                        MESSAGE, kept(), where, lodging, () -> MessageUse.keeping(account, clock)),
                new Target(
                        MESSAGE_FRESH,
                        ProbeRates.period(Math.min(rates.fresh(), 1)),
                        where,
                        lodging,
                        () -> MessageUse.fresh(account, clock)));
    }

    private Target api(Frontend frontend, Frontend.Health health, Variables settings) {
        // over TLS by its name, which is checked
        String where = frontend.tls().orElse(frontend.address()) + ":" + frontend.port();
        String url = (frontend.tls().isPresent() ? "https://" : "http://") + where + health.path();
        Side side =
                frontend.address().equals(context.deployment().vip())
                        ? Side.INTERNAL
                        : Side.EXTERNAL;
        return new Target(
                API + frontend.name(),
                kept(),
                where,
                Optional.empty(),
                () -> new ApiUse(url, health.status(), trust(side, settings)));
    }

    /** Read when it is used: a file that is not there says so where uses fail. */
    private static Optional<SSLContext> trust(Side side, Variables settings) {
        return side.speaksTls(settings)
                ? Optional.of(Authorities.of(side, settings).context())
                : Optional.empty();
    }

    private String address(Host host) {
        return context.cluster()
                .variables(host)
                .string("api_interface_address", host.login().address());
    }

    private Duration kept() {
        return ProbeRates.period(rates.kept());
    }

    private Duration fresh() {
        return ProbeRates.period(rates.fresh());
    }

    private final class DatabaseLodging implements Lodging {
        @Override
        public String name() {
            return "account and schema " + guest + " in the database";
        }

        @Override
        public void make() {
            GaleraGuest.make(context, guest, password);
        }

        @Override
        public void remove() {
            GaleraGuest.remove(context, guest);
        }
    }

    private final class BrokerLodging implements Lodging {
        @Override
        public String name() {
            return "account and virtual host " + guest + " of the brokers";
        }

        @Override
        public void make() {
            RabbitGuest.make(context, guest, password);
        }

        @Override
        public void remove() {
            RabbitGuest.remove(context, guest);
        }
    }
}
