package kolla.runbooks.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kolla.runbooks.app.problem.ErrorCode;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without a password, wherever they go: closed are all paths but the ones named in
 * {@link #OPEN}, and Camunda's web applications, which have a session login of their own. Groups
 * are read at each request, so a person put out of a group is out at once.
 */
final class BasicAuthenticationFilter extends OncePerRequestFilter {

    // Camunda's login page asks whether there is a /camunda-welcome; there is none
    private static final List<String> OPEN =
            List.of("/", "/favicon.ico", "/actuator/health", "/camunda", "/camunda-welcome");
    private static final List<String> OPEN_BELOW = List.of("/camunda/", "/actuator/health/");
    private static final String METRICS = "/actuator/prometheus";

    private final IdentityService identity;
    private final PasswordCheck passwords;
    private final Optional<String> scrapeUser;
    private final ProblemWriter problems;

    BasicAuthenticationFilter(
            IdentityService identity,
            PasswordCheck passwords,
            Optional<String> scrapeUser,
            ProblemWriter problems) {
        this.identity = identity;
        this.passwords = passwords;
        this.scrapeUser = scrapeUser;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = path(request);
        return OPEN.contains(path) || OPEN_BELOW.stream().anyMatch(path::startsWith);
    }

    /** The path as the container normalised it: what decides which servlet answers. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        protect(response);
        Optional<Credentials> credentials = Credentials.parse(request.getHeader("Authorization"));
        if (credentials.isEmpty() || !passwords.matches(credentials.get())) {
            challenge(request, response);
            problems.write(
                    response,
                    ErrorCode.NOT_AUTHENTICATED,
                    credentials.isEmpty()
                            ? "Send user and password by HTTP basic authentication"
                            : "User or password is wrong, or the user is locked for some seconds"
                                    + " after wrong passwords");
            return;
        }
        Caller caller = caller(credentials.get().user());
        if (caller.roles().isEmpty() && !scrapes(caller, request)) {
            problems.write(
                    response,
                    ErrorCode.NOT_ALLOWED,
                    "User \"" + caller.id() + "\" is in none of the groups " + Role.groups());
            return;
        }
        go(caller, request, response, chain);
    }

    private void go(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        caller.putInto(request);
        identity.setAuthentication(caller.id(), caller.groups());
        try {
            chain.doFilter(request, response);
        } finally {
            identity.clearAuthentication();
        }
    }

    private boolean scrapes(Caller caller, HttpServletRequest request) {
        return path(request).equals(METRICS) && scrapeUser.map(caller.id()::equals).orElse(false);
    }

    private Caller caller(String user) {
        return new Caller(
                user,
                identity.createGroupQuery().groupMember(user).list().stream()
                        .map(Group::getId)
                        .toList());
    }

    /**
     * Not to scripts in a browser: it would open a password dialog over the page they belong to.
     */
    private static void challenge(HttpServletRequest request, HttpServletResponse response) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode == null || mode.equals("navigate")) {
            response.setHeader(
                    "WWW-Authenticate", "Basic realm=\"Kolla Runbooks\", charset=\"UTF-8\"");
        }
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
    }
}
