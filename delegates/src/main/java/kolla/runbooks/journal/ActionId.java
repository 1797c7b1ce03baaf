package kolla.runbooks.journal;

/**
 * What identifies an action in its run.
 *
 * @param step the BPMN activity, with the service it works on: {@code convergeHost/mariadb}
 * @param host the host's name, or {@code -} for the cluster as a whole
 * @param action what is done: {@code put-files}, {@code create keystone}, {@code bootstrap-galera}
 */
public record ActionId(RunId run, String step, String host, String action) {

    public static final String CLUSTER = "-";

    @Override
    public String toString() {
        return step + "/" + host + "/" + action;
    }
}
