package kolla.runbooks.inventory;

import java.util.List;
import java.util.stream.Collectors;

/** A cluster's definition has gaps; all of them are in here, so that one look mends them all. */
public final class DefinitionException extends RuntimeException {

    private final transient List<Gap> gaps;

    public DefinitionException(List<Gap> gaps) {
        super(
                gaps.size()
                        + " problem(s) in the cluster's definition:\n"
                        + gaps.stream().map(Gap::toString).collect(Collectors.joining("\n")));
        this.gaps = List.copyOf(gaps);
    }

    public List<Gap> gaps() {
        return gaps == null ? List.of() : gaps;
    }
}
