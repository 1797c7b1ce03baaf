package kolla.runbooks.app.cockpit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.Failures;
import kolla.runbooks.app.problem.Problem;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.security.Role;
import org.camunda.bpm.cockpit.plugin.resource.AbstractCockpitPluginResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.WebApplicationContext;

/**
 * What the plug-in's resources have in common. Cockpit's filters have proven the session and the
 * CSRF token; the role is checked here. JSON goes through the program's own strict mapper, so that
 * the plug-in and REST show and take the same.
 */
abstract class PluginResource extends AbstractCockpitPluginResource {

    private static final Logger LOG = LoggerFactory.getLogger(PluginResource.class);

    private final WebApplicationContext beans;

    PluginResource(String engine, WebApplicationContext beans) {
        super(engine);
        this.beans = beans;
    }

    <T> T bean(Class<T> type) {
        return beans.getBean(type);
    }

    /** The answer as JSON, or the problem that stands in its way. */
    Response answer(Supplier<Object> content, Role... allowed) {
        return orProblem(() -> json(200, MediaType.APPLICATION_JSON, content.get()), allowed);
    }

    /** A picture, or the problem that stands in its way. */
    Response picture(Supplier<String> svg, Role... allowed) {
        return orProblem(
                () ->
                        Response.ok(svg.get())
                                .type("image/svg+xml;charset=UTF-8")
                                .header("Cache-Control", "no-store")
                                .build(),
                allowed);
    }

    private Response orProblem(Supplier<Response> answer, Role... allowed) {
        try {
            requireOneOf(allowed);
            return answer.get();
        } catch (RuntimeException e) {
            Problem problem =
                    Failures.known(e)
                            .orElseGet(
                                    () -> {
                                        LOG.error("the Cockpit plug-in failed", e);
                                        return Problem.of(
                                                ErrorCode.UNEXPECTED,
                                                "The program's log says more",
                                                List.of());
                                    });
            return json(problem.status(), Problem.MEDIA_TYPE, problem);
        }
    }

    <T> T read(String body, Class<T> type) {
        try {
            return bean(ObjectMapper.class).readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.UNREADABLE, e.getOriginalMessage());
        }
    }

    String person() {
        return getCurrentAuthentication().getUserId();
    }

    boolean isOneOf(Role... roles) {
        Set<Role> has =
                Role.ofGroups(
                        Objects.requireNonNullElse(
                                getCurrentAuthentication().getGroupIds(), List.of()));
        return Arrays.stream(roles).anyMatch(has::contains);
    }

    private void requireOneOf(Role... roles) {
        if (!isOneOf(roles)) {
            throw new ProblemException(
                    ErrorCode.NOT_ALLOWED,
                    "This needs one of the groups "
                            + Arrays.stream(roles).map(Role::group).toList());
        }
    }

    private Response json(int status, String mediaType, Object content) {
        try {
            return Response.status(status)
                    .type(mediaType + ";charset=UTF-8")
                    .entity(bean(ObjectMapper.class).writeValueAsString(content))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON", e);
        }
    }
}
