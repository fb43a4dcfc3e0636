package dev.runyard.sdk;

/** How serious a log line is. The numbers are those of OpenTelemetry. */
public enum LogLevel {
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
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
