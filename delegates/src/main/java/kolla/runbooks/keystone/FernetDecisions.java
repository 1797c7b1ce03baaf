package kolla.runbooks.keystone;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kolla.runbooks.keystone.FernetDecision.Fill;
import kolla.runbooks.keystone.FernetDecision.Nothing;
import kolla.runbooks.keystone.FernetDecision.Refuse;

/**
 * What has to happen to the fernet keys. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-KEYSTONE-002}: it may hold the only keys
 * <tr><td>two hosts have different keys under one name<td>refuse {@code KR-KEYSTONE-001}: one of
 *     them was rotated alone
 * <tr><td>no host has any key<td>make a staged key 0 and a primary key 1 for all
 * <tr><td>a host lacks keys that others have<td>copy them there; a key 0 or 1 that nobody has is
 *     made (a distribution was interrupted)
 * <tr><td>otherwise<td>nothing
 * </table>
 *
 * <p>A rotation replaces key 0, so sets that agree in every common name are of one generation, and
 * to add a key to a host never makes a token invalid. No key is ever removed or overwritten.
 */
public final class FernetDecisions {

    static final String DIFFERENT = "KR-KEYSTONE-001";
    static final String UNREAD = "KR-KEYSTONE-002";
    private static final Set<String> NEEDED = new TreeSet<>(Set.of("0", "1"));

    private FernetDecisions() {}

    public static FernetDecision decide(List<FernetKeys> seen) {
        List<String> unread = new ArrayList<>();
        List<FernetKeys.Read> hosts = new ArrayList<>();
        for (FernetKeys keys : seen) {
            if (keys instanceof FernetKeys.Read read) {
                hosts.add(read);
            } else {
                unread.add(keys.host() + " (" + ((FernetKeys.Unread) keys).why() + ")");
            }
        }
        if (!unread.isEmpty()) {
            return new Refuse(
                    UNREAD,
                    "the fernet keys on "
                            + String.join(", ", unread)
                            + " could not be read, so none are made or copied");
        }
        Map<String, String> union = new TreeMap<>();
        Map<String, String> source = new TreeMap<>();
        for (FernetKeys.Read host : hosts) {
            for (Map.Entry<String, String> key : host.digests().entrySet()) {
                String known = union.putIfAbsent(key.getKey(), key.getValue());
                if (known != null && !known.equals(key.getValue())) {
                    return new Refuse(
                            DIFFERENT,
                            "the hosts have different fernet keys: "
                                    + hosts.stream()
                                            .map(FernetDecisions::describe)
                                            .collect(joining("; ")));
                }
                source.putIfAbsent(key.getKey(), host.host());
            }
        }
        return fill(hosts, union.keySet(), source);
    }

    private static FernetDecision fill(
            List<FernetKeys.Read> hosts, Set<String> existing, Map<String, String> source) {
        Set<String> generate = new TreeSet<>();
        if (existing.size() < 2 || !existing.contains("0")) {
            generate.addAll(NEEDED);
            generate.removeAll(existing);
        }
        Set<String> all = new TreeSet<>(existing);
        all.addAll(generate);
        Map<String, Set<String>> missing = new TreeMap<>();
        Map<String, Set<String>> exposed = new TreeMap<>();
        for (FernetKeys.Read host : hosts) {
            Set<String> lacks = new TreeSet<>(all);
            lacks.removeAll(host.digests().keySet());
            if (!lacks.isEmpty()) {
                missing.put(host.host(), lacks);
            }
            if (!host.exposed().isEmpty()) {
                exposed.put(host.host(), host.exposed());
            }
        }
        return missing.isEmpty() && exposed.isEmpty()
                ? new Nothing()
                : new Fill(generate, source, missing, exposed);
    }

    static String describe(FernetKeys.Read host) {
        return host.host()
                + " "
                + host.digests().entrySet().stream()
                        .map(e -> e.getKey() + "=" + shortly(e.getValue()))
                        .collect(joining(" "));
    }

    static String shortly(String digest) {
        return digest.substring(0, Math.min(8, digest.length()));
    }
}
