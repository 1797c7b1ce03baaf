package kolla.runbooks.hosts;

/**
 * A file to be put on a host.
 *
 * @param path absolute path on the host
 * @param content text, written as UTF-8
 * @param mode permission bits, for example 0660
 * @param owner {@code user:group}, names or ids
 */
public record RemoteFile(String path, String content, int mode, String owner) {}
