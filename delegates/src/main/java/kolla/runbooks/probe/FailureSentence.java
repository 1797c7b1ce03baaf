package kolla.runbooks.probe;

/** What went wrong, in one line for people. */
final class FailureSentence {

    private static final int LONGEST = 300;

    private FailureSentence() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        while ((message == null || message.isBlank()) && cause != null) {
            message = cause.getMessage();
            cause = cause.getCause();
        }
        String text =
                message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        String line = text.lines().map(String::strip).findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
