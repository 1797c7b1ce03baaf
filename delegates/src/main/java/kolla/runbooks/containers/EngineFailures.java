package kolla.runbooks.containers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;

/** The failures of the port to Docker engines, and the reading of the engine's own words. */
final class EngineFailures {

    private EngineFailures() {}

    static RunbookFailure silent(String host, String call, List<String> evidence, Throwable cause) {
        return failure(
                "KR-ENGINE-001",
                Remedy.RETRY,
                host,
                "the Docker engine did not answer \"" + call + "\"",
                evidence,
                cause);
    }

    static RunbookFailure imageMissing(String host, String image, String words) {
        return failure(
                "KR-ENGINE-002",
                Remedy.PERSON,
                host,
                "the image " + image + " is not there: " + words,
                List.of(words),
                null);
    }

    static RunbookFailure registrySilent(String host, String image, String words) {
        return failure(
                "KR-ENGINE-003",
                Remedy.RETRY,
                host,
                "the registry of " + image + " cannot be reached: " + words,
                List.of(words),
                null);
    }

    static RunbookFailure registryRefused(String host, String image, String words) {
        return failure(
                "KR-ENGINE-003",
                Remedy.PERSON,
                host,
                "the registry refused " + image + ": " + words,
                List.of(words),
                null);
    }

    static RunbookFailure diskFull(String host, String call, String words) {
        return failure(
                "KR-ENGINE-004",
                Remedy.PERSON,
                host,
                "no space left on the host's disk for \"" + call + "\": " + words,
                List.of(words),
                null);
    }

    static RunbookFailure refused(String host, String call, String words, Throwable cause) {
        return failure(
                "KR-ENGINE-005",
                Remedy.PERSON,
                host,
                "the Docker engine refused \"" + call + "\": " + words,
                List.of(words),
                cause);
    }

    static RunbookFailure overtime(String host, String what) {
        return failure("KR-ENGINE-006", Remedy.RETRY, host, what, List.of(), null);
    }

    static RunbookFailure cancelled(String host, String call, Throwable cause) {
        return failure(
                "KR-HOST-008",
                Remedy.RETRY,
                host,
                "the call \"" + call + "\" to the Docker engine was cancelled",
                List.of(),
                cause);
    }

    /** What an engine's error about any call means. */
    static RunbookFailure judge(String host, String call, String words, Throwable cause) {
        return isDiskFull(words) ? diskFull(host, call, words) : refused(host, call, words, cause);
    }

    /**
     * What an engine's error about a pull means; the engine reports the registry's in its words.
     */
    static RunbookFailure judgePull(String host, String image, String words) {
        String text = words.toLowerCase(Locale.ROOT);
        if (isDiskFull(words)) {
            return diskFull(host, "pull " + image, words);
        }
        if (containsAny(
                text,
                "unauthorized",
                "authentication required",
                "denied",
                "no basic auth",
                "x509",
                "http response to https",
                "tls:")) {
            return registryRefused(host, image, words);
        }
        if (containsAny(
                text,
                "manifest unknown",
                "not found",
                "name unknown",
                "does not exist",
                "no matching manifest",
                "invalid reference format")) {
            return imageMissing(host, image, words);
        }
        if (containsAny(
                text,
                "connection refused",
                "no such host",
                "i/o timeout",
                "timeout",
                "deadline exceeded",
                "no route to host",
                "network is unreachable",
                "connection reset",
                "eof",
                "server misbehaving",
                "service unavailable",
                "bad gateway")) {
            return registrySilent(host, image, words);
        }
        return refused(host, "pull " + image, words, null);
    }

    private static boolean isDiskFull(String words) {
        return words.toLowerCase(Locale.ROOT).contains("no space left on device");
    }

    private static boolean containsAny(String text, String... parts) {
        return List.of(parts).stream().anyMatch(text::contains);
    }

    private static RunbookFailure failure(
            String code,
            Remedy remedy,
            String host,
            String message,
            List<String> evidence,
            Throwable cause) {
        return new RunbookFailure(code, remedy, Optional.of(host), message, evidence, cause);
    }
}
