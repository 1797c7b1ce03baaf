package kolla.runbooks.probe;

/**
 * Something that the probe needs in the cloud for itself and takes away again: an account with a
 * place of its own. Both can be done again and again.
 */
interface Lodging {

    /** For people: {@code account kr_probe_x in the database}. */
    String name();

    /** Makes it, or gives what is there the password of this program. */
    void make();

    void remove();
}
