package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Catalog.Template;
import kolla.runbooks.catalog.ContainerDefinition;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.FileDefinition;
import kolla.runbooks.catalog.FileDefinition.Merge;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.ExpressionException;

/** Renders a container's files: template first, then the operator's own over it. */
final class FileRenderer {

    /** Kolla's convention for everything below {@code /etc/kolla}. */
    private static final int MODE = 0660;

    /** A private key is read by root alone, who copies it into the container. */
    private static final int SECRET_MODE = 0600;

    private static final String OWNER = "root:root";

    private final Catalog catalog;
    private final OverrideFiles overrides;

    FileRenderer(Catalog catalog, OverrideFiles overrides) {
        this.catalog = catalog;
        this.overrides = overrides;
    }

    List<DesiredFile> files(
            ServiceDefinition service, ContainerDefinition container, String name, Texts texts) {
        List<DesiredFile> files = new ArrayList<>();
        files.add(file(name, "config.json", ConfigJson.of(container, texts)));
        for (FileDefinition definition : container.files()) {
            if (texts.truth(definition.enabled(), true)) {
                files.add(
                        definition
                                .certificate()
                                .map(v -> certificate(name, definition, v, texts))
                                .orElseGet(
                                        () ->
                                                file(
                                                        name,
                                                        texts.string(definition.name()),
                                                        content(service, definition, texts))));
            }
        }
        return files;
    }

    /** What is in it is judged where it is rolled out; here it only has to be there. */
    private DesiredFile certificate(
            String container, FileDefinition definition, Text variable, Texts texts) {
        String name = texts.string(variable);
        String content =
                overrides.text(name, texts.variable(name, variable), texts.host()).orElse("");
        return new DesiredFile(
                path(container, texts.string(definition.name())),
                content,
                SECRET_MODE,
                OWNER,
                Optional.of(name));
    }

    private static String path(String container, String name) {
        return "/etc/kolla/" + container + "/" + name;
    }

    private static DesiredFile file(String container, String name, String content) {
        String ended = content.isEmpty() || content.endsWith("\n") ? content : content + "\n";
        return new DesiredFile(path(container, name), ended, MODE, OWNER);
    }

    private String content(ServiceDefinition service, FileDefinition definition, Texts texts) {
        Template template = catalog.templates().get(service.name() + "/" + definition.template());
        List<Template> sources = new ArrayList<>(List.of(template));
        sources.addAll(
                overrides.find(
                        definition.merge(), texts.string(definition.override()), texts.host()));
        if (definition.merge() == Merge.REPLACE) {
            return render(sources.get(sources.size() - 1), texts);
        }
        List<IniMerge.Source> contents =
                sources.stream().map(s -> new IniMerge.Source(s.file(), render(s, texts))).toList();
        return switch (definition.merge()) {
            case INI, OSLO -> ini(contents, texts);
            case PROPERTIES -> PropertiesMerge.merge(texts(contents));
            case APPEND -> String.join("\n", texts(contents));
            case REPLACE -> throw new IllegalStateException("handled above");
        };
    }

    private static String ini(List<IniMerge.Source> contents, Texts texts) {
        try {
            return IniMerge.merge(contents);
        } catch (DefinitionException e) {
            e.gaps().forEach(g -> texts.gaps().add(texts.host(), g));
            return "";
        }
    }

    private static List<String> texts(List<IniMerge.Source> contents) {
        return contents.stream().map(IniMerge.Source::text).toList();
    }

    private static String render(Template template, Texts texts) {
        try {
            return texts.expressions().render(template.text(), texts.scope());
        } catch (ExpressionException e) {
            e.gaps(template.file(), 1, template.file().getFileName().toString())
                    .forEach(g -> texts.gaps().add(texts.host(), g));
            return "";
        }
    }
}
