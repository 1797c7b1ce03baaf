package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a host is reached by SSH.
 *
 * @param address name or IP address
 * @param port TCP port, 22 where the inventory says nothing
 * @param become whether commands need {@code sudo} (Ansible's {@code ansible_become})
 * @param privateKey the key file; the keys of the program's user where empty
 * @param jump the host to go through ({@code user@host:port}), where there is one
 */
public record Login(
        String address,
        int port,
        String user,
        boolean become,
        Optional<Path> privateKey,
        Optional<String> jump) {}
