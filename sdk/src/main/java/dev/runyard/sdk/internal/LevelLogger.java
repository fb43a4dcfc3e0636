package dev.runyard.sdk.internal;

import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.TaskLogger;
import java.util.Map;

/** Leaves out lines below a level. */
final class LevelLogger implements TaskLogger {
    private final TaskLogger logger;
    private final LogLevel least;

    LevelLogger(TaskLogger logger, LogLevel least) {
        this.logger = logger;
        this.least = least;
    }

    @Override
    public void log(LogLevel level, String message, Map<String, ?> attributes) {
        if (level.compareTo(least) >= 0) {
            logger.log(level, message, attributes);
        }
    }

    @Override
    public void error(String message, Throwable cause) {
        logger.error(message, cause);
    }
}
