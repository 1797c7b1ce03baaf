package kolla.runbooks.catalog;

/**
 * A configuration file as it should lie on a host.
 *
 * @param content text, written as UTF-8
 * @param path absolute, for example {@code /etc/kolla/keystone/keystone.conf}
 * @param mode permission bits; 0660 by Kolla's convention
 * @param owner {@code root:root} by Kolla's convention
 */
public record DesiredFile(String path, String content, int mode, String owner) {}
