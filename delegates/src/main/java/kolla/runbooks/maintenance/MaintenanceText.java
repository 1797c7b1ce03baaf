package kolla.runbooks.maintenance;

import java.util.List;

/** The plan of a maintenance, and what the person at the host reads. Pure. */
public final class MaintenanceText {

    private MaintenanceText() {}

    /**
     * @param reason that was given for it
     */
    public static String plan(MaintenancePlan plan, String reason) {
        StringBuilder text = new StringBuilder();
        text.append("TAKES ")
                .append(plan.host())
                .append(" OUT because: ")
                .append(reason)
                .append(
                        "\n"
                                + "Afterwards nothing of the control plane runs there: it may be"
                                + " rebooted or powered off.\n"
                                + "It stays out until an operator says that it is back. Then it is"
                                + " brought in again.\n\n");
        if (!plan.accepted().isEmpty()) {
            text.append("ACCEPTED although it is not as it should be: ")
                    .append(String.join(", ", plan.accepted()))
                    .append("\n\n");
        }
        text.append("IN THIS ORDER\n");
        int number = 0;
        for (Standing service : plan.order()) {
            text.append(++number)
                    .append(". ")
                    .append(service.service())
                    .append(' ')
                    .append(service.takingOut())
                    .append(" (")
                    .append(String.join(", ", service.containers()))
                    .append("); ")
                    .append(service.arithmetic())
                    .append('\n');
        }
        text.append("\nWHILE IT IS OUT\n").append(risk(plan));
        plan.notes().forEach(n -> text.append("- ").append(n).append('\n'));
        text.append(
                "- no other runbook can change this cluster, deployments included, until this run"
                        + " ends\n");
        return text.toString();
    }

    /** What the person reads who works at the host. */
    public static String out(MaintenancePlan plan) {
        StringBuilder text = new StringBuilder();
        text.append(plan.host())
                .append(" is out. Stopped there: ")
                .append(
                        String.join(
                                ", ",
                                plan.order().stream()
                                        .flatMap(s -> s.containers().stream())
                                        .toList()))
                .append(".\n\nWHILE IT IS OUT\n")
                .append(risk(plan));
        plan.notes().forEach(n -> text.append("- ").append(n).append('\n'));
        text.append("- do not start these containers by hand: this run does it, in order\n");
        text.append("\nBEFORE YOU SAY THAT IT IS BACK\n");
        text.append("- it runs, its clock is right, SSH and the Docker engine answer\n");
        text.append("- its addresses and its disks are those of before\n");
        return text.toString();
    }

    private static String risk(MaintenancePlan plan) {
        List<String> last =
                plan.order().stream().filter(s -> !s.spare()).map(Standing::service).toList();
        return last.isEmpty()
                ? "- every service could lose one more host\n"
                : "- the loss of one more host stops " + String.join(", ", last) + "\n";
    }
}
