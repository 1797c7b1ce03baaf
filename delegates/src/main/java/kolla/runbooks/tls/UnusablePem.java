package kolla.runbooks.tls;

/**
 * A text does not hold the certificates or the private key that it should. The message says what is
 * wrong and what would be right, for people, and repeats nothing of a key.
 */
public final class UnusablePem extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePem(String message) {
        super(message);
    }

    UnusablePem(String message, Throwable cause) {
        super(message, cause);
    }
}
