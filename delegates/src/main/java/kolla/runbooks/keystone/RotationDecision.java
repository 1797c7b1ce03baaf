package kolla.runbooks.keystone;

import java.util.List;

/** Whether the fernet keys may be rotated now. */
sealed interface RotationDecision {

    /**
     * @param sentences what will happen and what follows from it, for the approver
     */
    record Rotate(RotationGoal goal, List<String> sentences) implements RotationDecision {
        public Rotate {
            sentences = List.copyOf(sentences);
        }
    }

    record Refuse(String code, String sentence, List<String> evidence) implements RotationDecision {
        public Refuse {
            evidence = List.copyOf(evidence);
        }
    }
}
