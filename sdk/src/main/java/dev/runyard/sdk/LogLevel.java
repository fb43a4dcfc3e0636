package dev.runyard.sdk;

/** How serious a log line is. The numbers are those of OpenTelemetry. */
public enum LogLevel {
    /** Every step, for those who look for one. */
    TRACE(1),
    /** For developers. */
    DEBUG(5),
    /** What went as it should. */
    INFO(9),
    /** What somebody should look at one day. */
    WARN(13),
    /** What failed. */
    ERROR(17);

    private final int severityNumber;

    LogLevel(int severityNumber) {
        this.severityNumber = severityNumber;
    }

    /** Returns the number that the log protocol uses. */
    public int severityNumber() {
        return severityNumber;
    }
}
