package kolla.runbooks.hosts.ssh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import net.schmizz.sshj.SSHClient;

/** One authenticated connection, the jump connections that carry it, and its free sessions. */
final class SshLink {

    private final List<SSHClient> clients;
    private final Semaphore sessions;

    /**
     * @param clients on the way to the host, that of the host last
     */
    SshLink(List<SSHClient> clients, int sessions) {
        this.clients = List.copyOf(clients);
        this.sessions = new Semaphore(sessions);
    }

    SSHClient client() {
        return clients.get(clients.size() - 1);
    }

    boolean alive() {
        SSHClient client = client();
        return client.getTransport().isRunning() && client.isAuthenticated();
    }

    boolean tryTakeSession() {
        return sessions.tryAcquire();
    }

    void returnSession() {
        sessions.release();
    }

    void close() {
        closeAll(clients);
    }

    static void closeAll(List<SSHClient> clients) {
        for (int i = clients.size() - 1; i >= 0; i--) {
            try {
                clients.get(i).close();
            } catch (IOException e) {
                // It is given up; a peer that is gone already has nothing left to be told.
            }
        }
    }
}
