package kolla.runbooks.upgrade;

import java.util.List;
import kolla.runbooks.failure.RunbookFailure;

/**
 * Whether the definition as it stands is the way back. Pure.
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>road<th>it is, when
 * <tr><td>upgrade<td>it says what it said when the plan was made
 * <tr><td>reconfigure<td>it does not say what was planned any more, and every host that has not had
 *     its turn is as it says: such a host still runs what ran before
 * <tr><td>either, already on the way back<td>it says what it said when the way back began
 * </table>
 *
 * @param begun whether the way back has begun, so that what was planned is the way back itself
 * @param now digest of the definition as it stands
 * @param planned digest of what the run was to reach
 * @param pinned digest of the definition when the plan was made
 * @param differing hosts that differ from the definition as it stands
 * @param untouched hosts whose turn is still to come
 */
public record WayBack(
        boolean begun,
        String now,
        String planned,
        String pinned,
        List<String> differing,
        List<String> untouched) {

    static final String NOT_THE_WAY_BACK = "KR-UPGRADE-006";

    /**
     * @throws RunbookFailure {@code KR-UPGRADE-006} when it is not; nothing has been touched then
     */
    public void require(Road road, String cluster) {
        if (begun) {
            if (!now.equals(planned)) {
                throw wrong(
                        "the definition of cluster "
                                + cluster
                                + " has changed since the way back began; put it back as it was"
                                + " then");
            }
            return;
        }
        if (road == Road.UPGRADE) {
            if (!now.equals(pinned)) {
                throw wrong(
                        "the definition of cluster "
                                + cluster
                                + " has changed since the plan was made, and it is the way back;"
                                + " put it back as it was");
            }
            return;
        }
        if (now.equals(planned)) {
            throw wrong(
                    "the definition of cluster "
                            + cluster
                            + " still says what this run was to reach; put it back as it was"
                            + " before, then reject again");
        }
        List<String> odd = untouched.stream().filter(differing::contains).toList();
        if (!odd.isEmpty()) {
            throw wrong(
                    "the definition of cluster "
                            + cluster
                            + " is not what ran before: "
                            + String.join(", ", odd)
                            + " had no turn yet and would be changed by it; put it back as it"
                            + " was, then reject again");
        }
    }

    private static RunbookFailure wrong(String sentence) {
        return RunbookFailure.person(NOT_THE_WAY_BACK, sentence, List.of());
    }
}
