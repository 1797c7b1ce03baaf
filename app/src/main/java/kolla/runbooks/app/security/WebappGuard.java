package kolla.runbooks.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import kolla.runbooks.app.problem.ErrorCode;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Closes the ways around the approval, and those that were holes before, in the API of Camunda's
 * web applications: deployments (they are code), expressions and {@code orQueries} in queries
 * (CVE-2026-109432), the set-up of a first administrator (CVE-2026-77226), and whatever moves a
 * process past a step. It holds for administrators too.
 */
final class WebappGuard extends OncePerRequestFilter {

    private static final int LARGEST_BODY = 2 * 1024 * 1024;

    /** A path that is closed for some methods, and why. */
    private record Closed(Pattern path, List<String> methods, String why) {}

    private static final List<String> ALL = List.of();
    private static final List<String> CHANGES = List.of("POST", "PUT", "DELETE", "PATCH");
    private static final String RUN_AS_DRAWN =
            "a run goes through its steps as they are drawn; retry or cancel it instead";

    private static final List<Closed> CLOSED =
            List.of(
                    closed(".*/deployment(/.*)?", CHANGES, "runbooks come with the program only"),
                    closed("/camunda/api/admin/setup(/.*)?", ALL, "the administrator exists"),
                    closed("/camunda/app/admin/[^/]+/setup(/.*)?", ALL, "the administrator exists"),
                    closed(".*/modification(-async)?", CHANGES, RUN_AS_DRAWN),
                    closed(".*/modification/.*", CHANGES, RUN_AS_DRAWN),
                    closed(".*/restart(-async)?", CHANGES, RUN_AS_DRAWN),
                    closed(".*/migration/execute.*", CHANGES, RUN_AS_DRAWN),
                    closed(".*/task/[^/]+/bpmn(Error|Escalation)", CHANGES, RUN_AS_DRAWN),
                    closed(".*/telemetry/.*", CHANGES, "this program sends nothing home"));

    private final ProblemWriter problems;

    WebappGuard(ProblemWriter problems) {
        this.problems = problems;
    }

    private static Closed closed(String path, List<String> methods, String why) {
        return new Closed(Pattern.compile(path), methods, why);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> refusal = closedPath(request).or(() -> closedParameter(request));
        if (refusal.isPresent()) {
            problems.write(response, ErrorCode.CLOSED_WAY, refusal.get());
            return;
        }
        if (!hasJson(request)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            problems.write(response, ErrorCode.TOO_LARGE, "A body may have at most 2 MiB");
            return;
        }
        Optional<String> field = ForbiddenFields.first(body);
        if (field.isPresent()) {
            problems.write(
                    response,
                    ErrorCode.CLOSED_WAY,
                    "The field \""
                            + field.get()
                            + "\" is not taken here: it could run code or pass steps by");
            return;
        }
        chain.doFilter(new ReadBody(request, body), response);
    }

    private static Optional<String> closedPath(HttpServletRequest request) {
        String path =
                (request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), ""))
                        .replaceAll("/+$", "");
        return CLOSED.stream()
                .filter(c -> c.methods().isEmpty() || c.methods().contains(request.getMethod()))
                .filter(c -> c.path().matcher(path).matches())
                .map(c -> request.getMethod() + " " + path + " is closed: " + c.why())
                .findFirst();
    }

    private static Optional<String> closedParameter(HttpServletRequest request) {
        if (request.getQueryString() == null) {
            return Optional.empty();
        }
        for (String pair : request.getQueryString().split("&")) {
            String[] parts = pair.split("=", 2);
            String name = UriUtils.decode(parts[0], StandardCharsets.UTF_8);
            String value =
                    parts.length < 2 ? "" : UriUtils.decode(parts[1], StandardCharsets.UTF_8);
            if (ForbiddenFields.forbidden(name, value)) {
                return Optional.of(
                        "The parameter \""
                                + name
                                + "\" is not taken here: it could run code or pass steps by");
            }
        }
        return Optional.empty();
    }

    /** All but forms and uploads, which no query is read from. */
    private static boolean hasJson(HttpServletRequest request) {
        String type =
                Objects.requireNonNullElse(request.getContentType(), "").toLowerCase(Locale.ROOT);
        return CHANGES.contains(request.getMethod())
                && !type.startsWith("application/x-www-form-urlencoded")
                && !type.startsWith("multipart/");
    }
}
