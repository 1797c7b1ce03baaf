package kolla.runbooks.app.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.ProblemException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds each REST method to its {@link AllowedFor}; what has none is closed. */
public final class RoleInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Caller caller =
                Caller.of(request)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ErrorCode.NOT_AUTHENTICATED,
                                                "Nobody proved who they are"));
        AllowedFor allowed = method.getMethodAnnotation(AllowedFor.class);
        Role[] roles = allowed == null ? new Role[0] : allowed.value();
        Set<Role> has = caller.roles();
        if (Arrays.stream(roles).noneMatch(has::contains)) {
            throw new ProblemException(
                    ErrorCode.NOT_ALLOWED,
                    "User \""
                            + caller.id()
                            + "\" is in "
                            + caller.groups()
                            + "; this needs one of "
                            + Arrays.stream(roles).map(Role::group).toList());
        }
        return true;
    }
}
