package kolla.runbooks.hosts;

import java.nio.file.Path;
import java.util.List;
import kolla.runbooks.inventory.Host;

/**
 * The port to one host: run an argument vector, put files, reach its Docker engine. Threads may
 * share one connection. Where the login needs it, everything runs under {@code sudo}.
 *
 * <p>Every method throws {@link kolla.runbooks.failure.RunbookFailure}: {@code KR-HOST-001} not
 * reachable (transient), {@code KR-HOST-002} login refused, {@code KR-HOST-003} host key not the
 * pinned one, {@code KR-HOST-004} timed out (transient; the remote program was ended), {@code
 * KR-HOST-005} sudo refused, {@code KR-HOST-006} file could not be written (disk full, read-only).
 */
public interface HostConnection {

    Host host();

    /**
     * Runs a command; a non-zero exit is a result, not an error. Both outputs are always drained.
     */
    CommandResult run(Command command);

    /**
     * Puts files so that each is seen whole or not at all (temporary file beside it, fsync, rename,
     * then fsync of the folder), in the order given. Missing parent folders are made with mode
     * 0770.
     */
    void put(List<RemoteFile> files);

    /**
     * A local UNIX socket behind which the host's Docker engine answers, through the SSH
     * connection. Valid as long as this program lives; the adapter mends the connection underneath.
     */
    Path dockerSocket();
}
