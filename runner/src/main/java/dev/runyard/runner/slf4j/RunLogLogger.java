package dev.runyard.runner.slf4j;

import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.StackText;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger by SLF4J's rules that writes to the run's log. */
final class RunLogLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final Level threshold;
    private final transient Supplier<@Nullable TaskLogger> target;

    RunLogLogger(String name, Level threshold, Supplier<@Nullable TaskLogger> target) {
        this.name = name;
        this.threshold = threshold;
        this.target = target;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        TaskLogger logger = target.get();
        if (logger == null) {
            return;
        }
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        String whole = cause == null ? text : text + System.lineSeparator() + StackText.of(cause);
        logger.log(LogLevel.valueOf(level.name()), String.valueOf(whole), Map.of("logger", getName()));
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    private boolean enabled(Level level) {
        return level.toInt() >= threshold.toInt();
    }
}
