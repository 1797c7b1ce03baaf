package kolla.runbooks.preparation;

/**
 * Something that a person has to settle before the host can be prepared.
 *
 * @param code the incident code
 * @param sentence what was seen and what would be right
 */
record Refusal(String code, String host, String sentence) {

    @Override
    public String toString() {
        return code + " " + host + ": " + sentence;
    }
}
