package kolla.runbooks.catalog;

import java.util.Optional;

/**
 * A file that a container gets.
 *
 * @param name below {@code /etc/kolla/<container>/}
 * @param template beside {@code service.yml}
 * @param dest where the image puts it; without it the file is only mounted
 * @param owner of {@code dest}, inside the container
 * @param perm of {@code dest}, octal
 * @param override the operator's file of the same purpose below the cluster's {@code config/}, as
 *     {@code folder/file}; for APPEND, {@code *} matches within the file's name
 * @param certificate the variable with the path of the operator's file that is taken as it is,
 *     instead of any template: a certificate with chain and private key
 */
public record FileDefinition(
        Text name,
        String template,
        Optional<Text> enabled,
        Optional<Text> dest,
        Optional<Text> owner,
        Optional<Text> perm,
        Merge merge,
        Text override,
        Optional<Text> certificate) {

    /** How the operator's files change a file. */
    public enum Merge {
        /** The operator's most special file takes the template's place. */
        REPLACE,
        /** oslo.config: sections and options of the later file win, {@code global.conf} first. */
        OSLO,
        /** As OSLO, without {@code global.conf}. */
        INI,
        /** Lines {@code key = value} of the later file win. */
        PROPERTIES,
        /** The operator's files follow after the template, in the order of their names. */
        APPEND
    }
}
