package kolla.runbooks.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import kolla.runbooks.catalog.ContainerDefinition;
import kolla.runbooks.catalog.ContainerDefinition.PermissionDefinition;
import kolla.runbooks.catalog.FileDefinition;

/**
 * The {@code config.json} of a container, in the form that Kolla's images of every supported
 * release read: owner and perm always stand, no key that only newer images know.
 */
final class ConfigJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String SOURCES = "/var/lib/kolla/config_files/";

    private ConfigJson() {}

    static String of(ContainerDefinition container, Texts texts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("command", texts.string(container.command()));
        ArrayNode files = root.putArray("config_files");
        for (FileDefinition file : container.files()) {
            if (file.dest().isPresent() && texts.truth(file.enabled(), true)) {
                files.addObject()
                        .put("source", SOURCES + texts.string(file.name()))
                        .put("dest", texts.string(file.dest(), ""))
                        .put("owner", texts.string(file.owner(), ""))
                        .put("perm", texts.string(file.perm(), ""));
            }
        }
        if (!container.permissions().isEmpty()) {
            ArrayNode permissions = root.putArray("permissions");
            for (PermissionDefinition permission : container.permissions()) {
                permissions
                        .addObject()
                        .put("path", texts.string(permission.path()))
                        .put("owner", texts.string(permission.owner()))
                        .put("perm", texts.string(permission.perm()))
                        .put("recurse", texts.truth(permission.recurse(), false));
            }
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
