package kolla.runbooks.app.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the users of the first start: {@code users: [{id, first-name, last-name, password, groups:
 * [...]}]}. Anything unknown, missing or doubtful is an error, and all errors come together;
 * passwords are never part of a message.
 */
final class UsersFile {

    private static final int SHORTEST_PASSWORD = 8;
    private static final Set<String> FIELDS =
            Set.of("id", "first-name", "last-name", "password", "groups");
    // what the engine is set to take as an id
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private UsersFile(Path file) {
        this.file = file;
    }

    /**
     * @throws UsersFileException when anything in it is not as it should be
     */
    static List<NewUser> read(Path file) {
        UsersFile reader = new UsersFile(file);
        List<NewUser> users = reader.users(reader.parse());
        if (!reader.problems.isEmpty()) {
            throw new UsersFileException(file, reader.problems);
        }
        return users;
    }

    private Object parse() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (NoSuchFileException e) {
            problems.add("the file is not there");
        } catch (IOException e) {
            problems.add("the file cannot be read: " + e.getMessage());
        } catch (YAMLException e) {
            // its message quotes the file, which holds passwords
            problems.add("the file is no valid YAML, or has a key twice");
        }
        return null;
    }

    private List<NewUser> users(Object root) {
        if (!problems.isEmpty()) {
            return List.of();
        }
        if (!(root instanceof Map<?, ?> map)
                || map.size() != 1
                || !(map.get("users") instanceof List<?> list)) {
            problems.add("the file: should hold one key, users, with a list");
            return List.of();
        }
        List<NewUser> users = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            users.add(user("users[" + i + "]", list.get(i)));
        }
        return users;
    }

    private NewUser user(String at, Object entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (entry instanceof Map<?, ?> map) {
            map.forEach((k, v) -> fields.put(String.valueOf(k), v));
        } else {
            problems.add(at + ": should be a map with " + FIELDS);
        }
        fields.keySet().stream()
                .filter(k -> !FIELDS.contains(k))
                .forEach(k -> problems.add(at + "." + k + ": is none of " + FIELDS));
        String id = text(at, fields, "id");
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            problems.add(
                    at
                            + ".id: \""
                            + id
                            + "\" should be 1 to 64 letters, digits, dots, dashes, _ or @");
        }
        if (!id.isEmpty() && !ids.add(id)) {
            problems.add(at + ".id: \"" + id + "\" is there twice");
        }
        String password = text(at, fields, "password");
        if (!password.isEmpty() && password.length() < SHORTEST_PASSWORD) {
            problems.add(
                    at + ".password: should have at least " + SHORTEST_PASSWORD + " characters");
        }
        return new NewUser(
                id,
                text(at, fields, "first-name"),
                text(at, fields, "last-name"),
                password,
                groups(at, fields.get("groups")));
    }

    private String text(String at, Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        problems.add(
                at
                        + "."
                        + name
                        + (value == null
                                ? ": is missing"
                                : ": should be text, in quotes when it reads as a number or as yes"
                                        + " or no"));
        return "";
    }

    private List<String> groups(String at, Object value) {
        if (!(value instanceof List<?> list)) {
            problems.add(at + ".groups: should be a list of " + Role.groups() + ", may be empty");
            return List.of();
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String group = String.valueOf(list.get(i));
            if (Role.ofGroup(group).isEmpty()) {
                problems.add(
                        at + ".groups[" + i + "]: \"" + group + "\" is none of " + Role.groups());
            }
            groups.add(group);
        }
        return groups;
    }
}
