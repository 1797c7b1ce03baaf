package kolla.runbooks.app.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.RunId;
import org.springframework.stereotype.Component;

/** Reads a run's log, all of it or only one step's or host's. */
@Component
public class RunLog {

    private static final int PAGE = 1000;

    private final Journals journals;

    RunLog(Journals journals) {
        this.journals = journals;
    }

    /**
     * Which lines are wanted.
     *
     * @param step the step's name, or its first part: {@code convergeBatch} also stands for {@code
     *     convergeBatch/mariadb}
     */
    public record Filter(Optional<String> step, Optional<String> host) {

        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty());

        boolean wants(LogLine line) {
            return step.map(s -> line.step().equals(s) || line.step().startsWith(s + "/"))
                            .orElse(true)
                    && host.map(line.host()::equals).orElse(true);
        }
    }

    /**
     * A part of the log.
     *
     * @param last the sequence number to go on from
     */
    public record Page(List<LogLine> lines, long last) {}

    /** At most {@code limit} wanted lines after a sequence number, in order. */
    public Page after(RunId run, long after, int limit, Filter filter) {
        List<LogLine> wanted = new ArrayList<>();
        long last = after;
        while (wanted.size() < limit) {
            List<LogLine> lines = journals.lines(run, last, PAGE);
            for (LogLine line : lines) {
                if (wanted.size() == limit) {
                    return new Page(List.copyOf(wanted), last);
                }
                last = line.sequence();
                if (filter.wants(line)) {
                    wanted.add(line);
                }
            }
            if (lines.size() < PAGE) {
                break;
            }
        }
        return new Page(List.copyOf(wanted), last);
    }
}
