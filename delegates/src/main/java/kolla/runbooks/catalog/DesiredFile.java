package kolla.runbooks.catalog;

import java.util.Optional;

/**
 * A configuration file as it should lie on a host.
 *
 * @param content text, written as UTF-8
 * @param path absolute, for example {@code /etc/kolla/keystone/keystone.conf}
 * @param mode permission bits; 0660 by Kolla's convention
 * @param owner {@code root:root} by Kolla's convention
 * @param certificate the variable by which the operator names this file, when it holds a server's
 *     certificate with its private key: then nobody is shown its content
 */
public record DesiredFile(
        String path, String content, int mode, String owner, Optional<String> certificate) {

    /** A file that may be shown when known secrets in it are hidden. */
    public DesiredFile(String path, String content, int mode, String owner) {
        this(path, content, mode, owner, Optional.empty());
    }
}
