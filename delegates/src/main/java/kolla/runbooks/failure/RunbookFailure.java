package kolla.runbooks.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A step cannot go on. The failure carries what an operator needs at 3 a.m.: a code with a page of
 * its own ({@code ops-runbooks/errors/CODE.md}), the host, what was seen, and who can mend it.
 *
 * <p>Immutable but for the stack trace; safe to hand between threads.
 */
public final class RunbookFailure extends RuntimeException {

    /** Who or what can make the step succeed when it is run again. */
    public enum Remedy {
        /** Nobody: a connection broke or a time-out passed. The engine tries again with a delay. */
        RETRY,
        /** A person mends the named cause, then retries the step. The engine never retries it. */
        PERSON,
        /** The run cannot succeed; it is ended and its lease released. */
        FATAL
    }

    private final String code;
    private final Remedy remedy;
    private final Optional<String> host;
    private final String sentence;
    private final transient List<String> evidence;

    /**
     * @param code the incident code, for example {@code KR-HOST-003}
     * @param host the name of the host concerned, when there is exactly one
     * @param message one sentence: what was expected, what was seen, what to do
     * @param evidence the lines that prove it, already free of secrets
     */
    public RunbookFailure(
            String code,
            Remedy remedy,
            Optional<String> host,
            String message,
            List<String> evidence,
            Throwable cause) {
        super(headline(code, host, message), cause);
        this.sentence = Objects.requireNonNull(message);
        this.code = Objects.requireNonNull(code);
        this.remedy = Objects.requireNonNull(remedy);
        this.host = Objects.requireNonNull(host);
        this.evidence = List.copyOf(evidence);
    }

    /** A failure that a person has to mend, on one host. */
    public static RunbookFailure person(
            String code, String host, String message, String... evidence) {
        return new RunbookFailure(
                code, Remedy.PERSON, Optional.of(host), message, List.of(evidence), null);
    }

    /** A failure that a person has to mend and that concerns no single host. */
    public static RunbookFailure person(String code, String message, List<String> evidence) {
        return new RunbookFailure(code, Remedy.PERSON, Optional.empty(), message, evidence, null);
    }

    /** A failure of the moment (connection, time-out); the engine tries the step again. */
    public static RunbookFailure transientOn(
            String code, String host, String message, Throwable cause) {
        return new RunbookFailure(code, Remedy.RETRY, Optional.of(host), message, List.of(), cause);
    }

    public String code() {
        return code;
    }

    public Remedy remedy() {
        return remedy;
    }

    public Optional<String> host() {
        return host;
    }

    public List<String> evidence() {
        return evidence == null ? List.of() : evidence;
    }

    /** The page that explains the code, relative to the project's root. */
    public String page() {
        return "ops-runbooks/errors/" + code + ".md";
    }

    /** What was expected, what was seen, what to do; without the code. */
    public String sentence() {
        return sentence;
    }

    /**
     * Code, host, sentence and page in one line: the incident's message, and {@link #getMessage}.
     */
    public String headline() {
        return headline(code, host, sentence);
    }

    private static String headline(String code, Optional<String> host, String sentence) {
        return code
                + host.map(h -> " " + h).orElse("")
                + ": "
                + sentence
                + " [ops-runbooks/errors/"
                + code
                + ".md]";
    }
}
