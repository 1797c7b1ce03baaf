package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A text could not be evaluated; all its faults are in here. */
public final class ExpressionException extends RuntimeException {

    /**
     * One reason.
     *
     * @param line the line in the text, from 1
     * @param what what was seen and what would be right
     */
    public record Fault(int line, String what) {}

    private final transient List<Fault> faults;

    public ExpressionException(List<Fault> faults) {
        super(faults.stream().map(Fault::what).distinct().collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public ExpressionException(String what) {
        this(List.of(new Fault(1, what)));
    }

    public List<Fault> faults() {
        return faults == null ? List.of() : faults;
    }

    /** The faults as gaps of a file in which the text begins on this line. */
    public List<Gap> gaps(Path file, int line, String field) {
        return faults().stream()
                .map(f -> new Gap(file, Math.max(0, line + f.line() - 1), field + ": " + f.what()))
                .distinct()
                .toList();
    }
}
