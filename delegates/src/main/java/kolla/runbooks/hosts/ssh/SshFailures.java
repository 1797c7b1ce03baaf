package kolla.runbooks.hosts.ssh;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;

/**
 * The failures of the port to hosts, one method a code, so that a code is found where it is made.
 */
final class SshFailures {

    private SshFailures() {}

    static RunbookFailure unreachable(Host host, String what, Throwable cause) {
        return RunbookFailure.transientOn(
                "KR-HOST-001", host.name(), at(host) + " " + what + reason(cause), cause);
    }

    static RunbookFailure loginRefused(Host host, String what, Throwable cause) {
        return person("KR-HOST-002", host, at(host) + " " + what + reason(cause), List.of(), cause);
    }

    static RunbookFailure hostKeyRefused(Host host, String refusal, Throwable cause) {
        return person(
                "KR-HOST-003",
                host,
                refusal
                        + ". Compare it with the host's console before pinning another;"
                        + " nothing was sent to it",
                List.of(),
                cause);
    }

    static RunbookFailure timedOut(Host host, String program, String detail) {
        return RunbookFailure.transientOn(
                "KR-HOST-004", host.name(), "\"" + program + "\" " + detail, null);
    }

    static RunbookFailure sudoRefused(Host host, List<String> words) {
        return person(
                "KR-HOST-005",
                host,
                "sudo -n as user "
                        + host.login().user()
                        + " was refused; the user needs NOPASSWD rights for sh"
                        + words.stream().findFirst().map(w -> " (" + w + ")").orElse(""),
                words,
                null);
    }

    static RunbookFailure notWritten(Host host, String what, List<String> words) {
        return person("KR-HOST-006", host, what, words, null);
    }

    static RunbookFailure cancelled(Host host, String program, String detail) {
        return RunbookFailure.transientOn(
                "KR-HOST-008", host.name(), "\"" + program + "\" was cancelled; " + detail, null);
    }

    private static RunbookFailure person(
            String code, Host host, String message, List<String> evidence, Throwable cause) {
        return new RunbookFailure(
                code, Remedy.PERSON, Optional.of(host.name()), message, evidence, cause);
    }

    /** The same failure for another thread that waited for the same connection. */
    static RunbookFailure again(RunbookFailure failure) {
        return new RunbookFailure(
                failure.code(),
                failure.remedy(),
                failure.host(),
                failure.sentence(),
                failure.evidence(),
                failure);
    }

    private static String at(Host host) {
        Login login = host.login();
        return login.user() + "@" + login.address() + ":" + login.port();
    }

    private static String reason(Throwable cause) {
        if (cause == null) {
            return "";
        }
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text =
                root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return ": " + text;
    }
}
