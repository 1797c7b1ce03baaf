package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.Gap;

/**
 * Collects gaps while rendering goes on. One that shows on every host is said once; one that shows
 * on some names them.
 */
final class Gaps {

    private final Map<Gap, Set<String>> found = new LinkedHashMap<>();
    private final Set<String> hosts = new LinkedHashSet<>();

    /**
     * @param host empty when the gap is not about one
     */
    void add(String host, Gap gap) {
        Set<String> where = found.computeIfAbsent(gap, g -> new LinkedHashSet<>());
        if (!host.isEmpty()) {
            where.add(host);
        }
    }

    void add(Gap gap) {
        found.computeIfAbsent(gap, g -> new LinkedHashSet<>());
    }

    /** A host for which something was rendered. */
    void seen(String host) {
        hosts.add(host);
    }

    List<Gap> list() {
        List<Gap> gaps = new ArrayList<>();
        found.forEach(
                (gap, where) ->
                        gaps.add(
                                where.isEmpty() || where.containsAll(hosts)
                                        ? gap
                                        : new Gap(
                                                gap.file(),
                                                gap.line(),
                                                gap.what()
                                                        + " ["
                                                        + String.join(", ", where)
                                                        + "]")));
        return gaps;
    }
}
