package kolla.runbooks.catalog;

import java.util.List;

/**
 * Which version a container runs and which may follow it on the same data.
 *
 * @param container its name
 * @param command an argument vector that prints the version and ends; runs in the image without its
 *     service
 * @param pattern a regular expression whose first group is the version: numbers joined by dots
 * @param paths the steps that are allowed; where there are none, any newer version may follow
 */
public record VersionRule(
        String container, List<String> command, String pattern, List<VersionPath> paths) {

    public VersionRule {
        command = List.copyOf(command);
        paths = List.copyOf(paths);
    }

    /**
     * From any version that begins with {@code from} to any that begins with one of {@code to}.
     *
     * @param note what whoever approves should know; empty where it is an ordinary step
     */
    public record VersionPath(String from, List<String> to, String note) {

        public VersionPath {
            to = List.copyOf(to);
        }
    }
}
