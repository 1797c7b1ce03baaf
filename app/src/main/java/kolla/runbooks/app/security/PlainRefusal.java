package kolla.runbooks.app.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.HtmlUtils;

/**
 * When a step refuses what was sent from a form, Tasklist shows the message of the answer: the
 * engine's words about listeners and exceptions with the sentence for people somewhere in them.
 * Only that sentence is let through, escaped, because Tasklist shows it as HTML. The status stays.
 */
final class PlainRefusal extends OncePerRequestFilter {

    private static final Pattern HEADLINE =
            Pattern.compile(
                    "KR-[A-Z0-9]+-\\d{3}[ :].*?\\[ops-runbooks/errors/[^\\]]*\\]", Pattern.DOTALL);

    private final ObjectMapper json;

    PlainRefusal(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().endsWith("/submit-form");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, answer);
        if (answer.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            Optional<byte[]> plain = plain(answer.getContentAsByteArray());
            if (plain.isPresent()) {
                answer.resetBuffer();
                answer.getOutputStream().write(plain.get());
            }
        }
        answer.copyBodyToResponse();
    }

    /** The answer with nothing but the sentence as its message; empty when it holds none. */
    private Optional<byte[]> plain(byte[] body) {
        try {
            JsonNode answer = json.readTree(new String(body, StandardCharsets.UTF_8));
            if (!(answer instanceof ObjectNode refusal)) {
                return Optional.empty();
            }
            Matcher headline = HEADLINE.matcher(refusal.path("message").asText());
            if (!headline.find()) {
                return Optional.empty();
            }
            refusal.put(
                    "message",
                    HtmlUtils.htmlEscape(headline.group(), StandardCharsets.UTF_8.name()));
            return Optional.of(json.writeValueAsBytes(refusal));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
