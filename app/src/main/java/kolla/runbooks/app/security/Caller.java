package kolla.runbooks.app.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who makes the request, as far as it was proven. */
public record Caller(String id, List<String> groups) {

    private static final String ATTRIBUTE = Caller.class.getName();

    public Set<Role> roles() {
        return Role.ofGroups(groups);
    }

    public static Optional<Caller> of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
