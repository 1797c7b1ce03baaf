package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.InventoryEdit;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.membership.MemberArithmetic.Row;
import kolla.runbooks.membership.Presence.Kind;

/** The sentences of the plan that its approver reads. Pure. */
final class MemberText {

    private MemberText() {}

    static List<String> of(
            MemberChange change,
            Presence presence,
            List<Row> rows,
            List<String> preparing,
            InventoryEdit edit,
            MemberChoices choices) {
        List<String> lines = new ArrayList<>();
        lines.add(title(change));
        lines.addAll(presence.proof());
        if (presence.kind() == Kind.GONE) {
            lines.add(
                    "WHOEVER APPROVES ANSWERS FOR IT that "
                            + change.request().leaving().orElse("")
                            + " stays off for good, or comes back only with empty disks. Should it"
                            + " come back during this run, its services are ended at once");
        }
        rows.forEach(r -> lines.add(MemberArithmetic.sentence(r)));
        preparing.forEach(p -> lines.add("first: " + p));
        lines.addAll(order(change, presence));
        lines.addAll(data(change, presence, choices));
        lines.addAll(inventory(edit, choices));
        return lines;
    }

    private static String title(MemberChange change) {
        MemberRequest request = change.request();
        String services = request.service().map(s -> s + " ").orElse("");
        if (request.sameName()) {
            return "REPLACES "
                    + request.leaving().get()
                    + " by another machine of the same name"
                    + request.joining().flatMap(a -> a.address()).map(a -> " at " + a).orElse("");
        }
        if (request.leaving().isPresent() && request.joining().isPresent()) {
            return "REPLACES " + request.leaving().get() + " by " + request.joining().get().host();
        }
        return request.joining()
                .map(a -> "ADDS " + services + "on " + a.host())
                .orElseGet(() -> "REMOVES " + services + "from " + request.leaving().orElse(""))
                .replace("ADDS on", "ADDS")
                .replace("REMOVES from", "REMOVES");
    }

    private static List<String> order(MemberChange change, Presence presence) {
        List<String> lines = new ArrayList<>();
        String leaving = change.request().leaving().orElse("");
        boolean there = presence.kind() == Kind.THERE;
        if (!leaving.isEmpty() && !there) {
            lines.add(
                    "the members that stay forget "
                            + leaving
                            + ": quorum queues, brokers, and the databases let in members only");
        }
        change.joining()
                .map(Host::name)
                .ifPresent(
                        host -> {
                            lines.add(
                                    host
                                            + " gets, each until it serves: "
                                            + names(change.joiningServices())
                                            + "; the load balancer and with it the virtual address"
                                            + " last of all");
                            lines.add("quorum queues get members on " + host);
                        });
        if (!leaving.isEmpty() && there) {
            lines.add(
                    leaving
                            + " is drained and stopped, service by service, then forgotten by the"
                            + " others: "
                            + names(HostMaintenance.leaving(change.leavingServices())));
        }
        lines.add("then every other host learns who the members are, one host at a time");
        return lines;
    }

    private static List<String> data(
            MemberChange change, Presence presence, MemberChoices choices) {
        if (presence.kind() != Kind.THERE) {
            return List.of();
        }
        Host host = change.leaving().orElseThrow();
        String volumes =
                String.join(
                        ", ",
                        HostClearing.volumes(change.before(), change.leavingServices(), host));
        return List.of(
                choices.deleteData()
                        ? "DELETES the data on " + host.name() + ": " + volumes
                        : "keeps the data on " + host.name() + ": " + volumes);
    }

    private static List<String> inventory(InventoryEdit edit, MemberChoices choices) {
        List<String> lines = new ArrayList<>(edit.notes());
        if (edit.changesAnything()) {
            String then =
                    switch (choices.inventory()) {
                        case PROPOSE -> "stays as it is; at the end somebody has to apply this";
                        case WRITE -> "is written at the end";
                        case COMMIT -> "is written and committed at the end";
                    };
            lines.add("the inventory " + then + ":\n" + edit.diff().stripTrailing().indent(4));
        } else {
            lines.add("the inventory says so already");
        }
        return lines;
    }

    private static String names(List<DesiredService> services) {
        return String.join(", ", services.stream().map(DesiredService::name).toList());
    }
}
