package kolla.runbooks.app.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An incident of a run.
 *
 * @param code the incident code, where the failure is one that the steps foresaw
 * @param page the page about the code
 * @param message the sentence for people, without code, host and page
 * @param step the BPMN activity that failed
 * @param instance the process instance that it belongs to: the run's own or a called one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StepFailure(
        Optional<String> code,
        Optional<String> host,
        String message,
        Optional<String> page,
        String step,
        Optional<String> service,
        Instant since,
        String instance) {

    /** The headline of a RunbookFailure; the engine may have cut its end off. */
    private static final Pattern HEADLINE =
            Pattern.compile(
                    "(KR-[A-Z0-9]+-\\d{3})(?: ([^:\\s]+))?: (.*?)(?: \\[ops-runbooks/[^\\]]*\\]?)?",
                    Pattern.DOTALL);

    static StepFailure of(
            String headline,
            String step,
            Optional<String> service,
            Instant since,
            String instance) {
        Matcher parts = HEADLINE.matcher(headline);
        if (!parts.matches()) {
            return new StepFailure(
                    Optional.empty(),
                    Optional.empty(),
                    headline.isBlank() ? "no message" : headline,
                    Optional.empty(),
                    step,
                    service,
                    since,
                    instance);
        }
        return new StepFailure(
                Optional.of(parts.group(1)),
                Optional.ofNullable(parts.group(2)),
                parts.group(3),
                Optional.of("ops-runbooks/errors/" + parts.group(1) + ".md"),
                step,
                service,
                since,
                instance);
    }
}
