package dev.runyard.engine.schedule;

/// A cron expression that means nothing. The message is a sentence for its author and shows an example.
public final class CronSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CronSyntaxException(String sentence) {
        super(sentence);
    }

    /// @param unit which field is wrong
    /// @param text what stands there
    /// @param reason what is wrong with it, without a full stop
    static CronSyntaxException in(CronUnit unit, String text, String reason) {
        return new CronSyntaxException(
                "the " + unit.title() + " field \"" + text + "\" " + reason + " (an example: " + unit.example() + ")");
    }
}
