package kolla.runbooks.rollout;

/**
 * A file as it lies on a host.
 *
 * @param sha256 of its bytes, lower-case hex
 * @param mode permission bits
 * @param owner {@code user:group} by name
 */
public record ObservedFile(String path, String sha256, int mode, String owner) {}
