package kolla.runbooks.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import kolla.runbooks.catalog.ContainerDefinition.HealthDefinition;
import kolla.runbooks.catalog.ContainerDefinition.PermissionDefinition;
import kolla.runbooks.catalog.FileDefinition.Merge;
import kolla.runbooks.catalog.FrontendDefinition.CheckDefinition;
import kolla.runbooks.catalog.ServiceDefinition.BrokerDefinition;
import kolla.runbooks.catalog.ServiceDefinition.DatabaseDefinition;
import kolla.runbooks.catalog.ServiceDefinition.EndpointDefinition;
import kolla.runbooks.catalog.ServiceDefinition.JobDefinition;
import kolla.runbooks.catalog.ServiceDefinition.PathDefinition;
import kolla.runbooks.catalog.ServiceDefinition.UpgradeDefinition;
import kolla.runbooks.catalog.ServiceDefinition.VersionDefinition;
import kolla.runbooks.inventory.Gap;
import org.yaml.snakeyaml.nodes.Node;

/** From the YAML of one {@code service.yml} to its definition. */
final class ServiceYaml {

    private final Path file;
    private final List<Gap> gaps;

    ServiceYaml(Path file, List<Gap> gaps) {
        this.file = file;
        this.gaps = gaps;
    }

    ServiceDefinition service(Node root) {
        return closed(
                new Section("", root, file, gaps),
                s ->
                        new ServiceDefinition(
                                s.word("name"),
                                s.word("title"),
                                s.word("kind"),
                                s.word("group"),
                                s.text("enabled"),
                                s.texts("after"),
                                defaults(s),
                                all(s, "refuses", ServiceYaml::refusal),
                                all(s, "containers", this::container),
                                all(s, "frontends", this::frontend),
                                all(s, "bootstrap", this::job),
                                s.section("database").map(d -> closed(d, ServiceYaml::database)),
                                s.section("broker").map(b -> closed(b, ServiceYaml::broker)),
                                s.section("endpoint").map(e -> closed(e, ServiceYaml::endpoint)),
                                s.texts("ports"),
                                s.texts("fence"),
                                s.section("upgrade")
                                        .map(u -> closed(u, this::upgrade))
                                        .orElse(UpgradeDefinition.NONE),
                                file));
    }

    static <T> T closed(Section section, Function<Section, T> read) {
        T value = read.apply(section);
        section.end();
        return value;
    }

    static <T> List<T> all(Section section, String key, Function<Section, T> read) {
        List<T> values = new ArrayList<>();
        section.sections(key).forEach(s -> values.add(closed(s, read)));
        return values;
    }

    static Refusal refusal(Section s) {
        return new Refusal(s.text("when"), s.text("because"));
    }

    private Map<String, Default> defaults(Section s) {
        return s.section("defaults")
                .map(d -> DefaultsYaml.variables(d, file))
                .orElseGet(LinkedHashMap::new);
    }

    private ContainerDefinition container(Section s) {
        return new ContainerDefinition(
                s.text("name"),
                s.optional("enabled"),
                s.text("image"),
                s.text("command"),
                s.texts("volumes"),
                s.entries("environment"),
                s.optional("privileged"),
                s.texts("capabilities"),
                s.texts("tmpfs"),
                s.optional("pid_mode"),
                s.section("healthcheck")
                        .map(
                                h ->
                                        closed(
                                                h,
                                                x ->
                                                        new HealthDefinition(
                                                                x.text("test"),
                                                                x.optional("start_period")))),
                s.optional("restart_policy"),
                s.optional("stop_timeout"),
                all(s, "files", this::file),
                all(
                        s,
                        "permissions",
                        p ->
                                new PermissionDefinition(
                                        p.text("path"),
                                        p.text("owner"),
                                        p.text("perm"),
                                        p.optional("recurse"))),
                s.texts("reload"));
    }

    private FileDefinition file(Section s) {
        Text name = s.text("name");
        Merge merge = s.optional("merge").map(m -> word(m, Merge.class)).orElse(Merge.REPLACE);
        FileDefinition definition =
                new FileDefinition(
                        name,
                        s.optional("template").map(Text::value).orElse(name.value() + ".j2"),
                        s.optional("enabled"),
                        s.optional("dest"),
                        s.optional("owner"),
                        s.optional("perm"),
                        merge,
                        s.optional("override").orElse(sameName(name)),
                        s.optional("certificate"));
        if (definition.dest().isPresent()
                && (definition.owner().isEmpty() || definition.perm().isEmpty())) {
            gaps.add(
                    new Gap(
                            file,
                            name.line(),
                            name.field()
                                    + " \""
                                    + name
                                    + "\" has a dest; owner and perm must stand with it"));
        }
        return definition;
    }

    private Text sameName(Text name) {
        String folder = file.getParent().getFileName().toString();
        return new Text(folder + "/" + name, name.field(), name.file(), name.line());
    }

    private FrontendDefinition frontend(Section s) {
        return new FrontendDefinition(
                s.text("name"),
                s.optional("enabled"),
                s.text("mode"),
                s.optional("address"),
                s.text("port"),
                s.optional("server_port"),
                s.optional("balance"),
                s.optional("client_timeout"),
                s.optional("server_timeout"),
                s.optional("single_writer"),
                s.optional("drained"),
                s.section("check").map(c -> closed(c, ServiceYaml::check)),
                s.texts("frontend_options"),
                s.texts("options"));
    }

    private static CheckDefinition check(Section s) {
        return new CheckDefinition(
                s.optional("path"),
                s.optional("expect"),
                s.optional("port"),
                s.optional("interval"),
                s.optional("rise"),
                s.optional("fall"),
                s.optional("on_marked_down"));
    }

    private JobDefinition job(Section s) {
        return new JobDefinition(
                s.word("name"),
                s.text("container"),
                s.entries("environment"),
                s.optional("per_host").filter(t -> t.value().equals("true")).isPresent(),
                s.text("timeout"));
    }

    private UpgradeDefinition upgrade(Section s) {
        return new UpgradeDefinition(
                all(s, "versions", this::version),
                all(s, "expand", this::job),
                all(s, "after_host", this::job),
                all(s, "contract", this::job),
                s.optional("one_way"));
    }

    private VersionDefinition version(Section s) {
        VersionDefinition version =
                new VersionDefinition(
                        s.text("container"),
                        s.texts("command"),
                        s.text("pattern"),
                        all(
                                s,
                                "paths",
                                p ->
                                        new PathDefinition(
                                                p.text("from"),
                                                p.texts("to"),
                                                p.optional("note"))));
        checkPattern(version.pattern());
        return version;
    }

    private void checkPattern(Text pattern) {
        String wrong = "";
        try {
            if (Pattern.compile(pattern.value()).matcher("").groupCount() < 1) {
                wrong = "has no group that is the version";
            }
        } catch (PatternSyntaxException e) {
            wrong = "is no regular expression: " + e.getDescription();
        }
        if (!wrong.isEmpty()) {
            gaps.add(
                    new Gap(
                            file,
                            pattern.line(),
                            pattern.field() + ": \"" + pattern + "\" " + wrong));
        }
    }

    private static DatabaseDefinition database(Section s) {
        return new DatabaseDefinition(s.text("schema"), s.text("user"), s.text("password"));
    }

    private static BrokerDefinition broker(Section s) {
        return new BrokerDefinition(
                s.text("user"), s.text("password"), s.text("vhost"), s.text("administrator"));
    }

    private static EndpointDefinition endpoint(Section s) {
        return new EndpointDefinition(
                s.text("name"),
                s.text("type"),
                s.text("description"),
                s.text("internal_url"),
                s.text("public_url"),
                s.text("admin_url"),
                s.optional("user"),
                s.optional("password"));
    }

    private <E extends Enum<E>> E word(Text text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text.value())) {
                return constant;
            }
        }
        String known = java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
        gaps.add(
                new Gap(
                        text.file(),
                        text.line(),
                        text.field() + ": \"" + text + "\" is not one of " + known));
        return type.getEnumConstants()[0];
    }
}
