package kolla.runbooks.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kolla.runbooks.app.problem.ErrorCode;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a body over the limit before it is parsed, whether its length was announced or not. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final int limit;
    private final ProblemWriter problems;

    /**
     * @param limit bytes
     */
    BodyLimitFilter(int limit, ProblemWriter problems) {
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            refuse(response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            refuse(response);
            return;
        }
        chain.doFilter(new ReadBody(request, body), response);
    }

    private void refuse(HttpServletResponse response) throws IOException {
        problems.write(
                response, ErrorCode.TOO_LARGE, "A body may have at most " + limit + " bytes");
    }
}
