package kolla.runbooks.upgrade;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kolla.runbooks.catalog.VersionRule;
import kolla.runbooks.catalog.VersionRule.VersionPath;

/**
 * Whether one version may follow another on the same data. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>the same version<td>same
 * <tr><td>an older one<td>refused: data that a newer version wrote are not read by an older one
 * <tr><td>the catalogue names no paths for the container<td>allowed: any newer version may follow
 * <tr><td>another patch of a series that the catalogue names<td>allowed
 * <tr><td>a path of the catalogue<td>allowed, with the path's note
 * <tr><td>anything else<td>refused, with the paths that there are from here
 * </table>
 */
final class VersionSteps {

    private VersionSteps() {}

    static VersionStep decide(VersionRule rule, VersionNumber from, VersionNumber to) {
        int compared = to.compareTo(from);
        if (compared == 0) {
            return new VersionStep.Same();
        }
        if (compared < 0) {
            return new VersionStep.Refused(
                    from
                            + " to "
                            + to
                            + " is a downgrade; what the newer version wrote need not be readable"
                            + " for the older one");
        }
        if (rule.paths().isEmpty() || sameSeries(rule, from, to)) {
            return new VersionStep.Allowed("");
        }
        Optional<VersionPath> path =
                rule.paths().stream()
                        .filter(p -> from.isOf(p.from()))
                        .filter(p -> p.to().stream().anyMatch(to::isOf))
                        .findFirst();
        return path.<VersionStep>map(p -> new VersionStep.Allowed(p.note()))
                .orElseGet(() -> refused(rule, from, to));
    }

    private static boolean sameSeries(VersionRule rule, VersionNumber from, VersionNumber to) {
        return rule.paths().stream()
                .flatMap(
                        p ->
                                java.util.stream.Stream.concat(
                                        List.of(p.from()).stream(), p.to().stream()))
                .anyMatch(s -> from.isOf(s) && to.isOf(s));
    }

    private static VersionStep refused(VersionRule rule, VersionNumber from, VersionNumber to) {
        List<String> next =
                rule.paths().stream()
                        .filter(p -> from.isOf(p.from()))
                        .flatMap(p -> p.to().stream())
                        .distinct()
                        .toList();
        return new VersionStep.Refused(
                from
                        + " to "
                        + to
                        + " is no allowed step on the same data; from "
                        + from
                        + (next.isEmpty()
                                ? " the catalogue knows no way on"
                                : " one goes to "
                                        + next.stream().collect(Collectors.joining(" or "))));
    }
}
