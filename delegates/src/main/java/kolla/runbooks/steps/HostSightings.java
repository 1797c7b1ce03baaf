package kolla.runbooks.steps;

/** Is told which hosts were seen, for metrics. Called from many threads; must not throw. */
public interface HostSightings {

    void seen(String cluster, String host, boolean reachable);
}
