package kolla.runbooks.app.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.Problem;

/** Writes a problem from a filter, before Spring MVC is reached. */
final class ProblemWriter {

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    void write(HttpServletResponse response, ErrorCode error, String detail) throws IOException {
        response.setStatus(error.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), Problem.of(error, detail, List.of()));
    }
}
