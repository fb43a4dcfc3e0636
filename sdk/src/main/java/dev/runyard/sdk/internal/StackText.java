package dev.runyard.sdk.internal;

import dev.runyard.protocol.run.TaskRunError;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text, with causes, without the frames below the task's own code. */
public final class StackText {
    private static final int LONGEST = 64 * 1024;

    private StackText() {}

    /** Returns the stack trace of an exception. It never throws, even where the exception's own methods do. */
    public static String of(Throwable error) {
        StringWriter text = new StringWriter();
        try (PrintWriter writer = new PrintWriter(text)) {
            error.printStackTrace(writer);
        } catch (RuntimeException | StackOverflowError e) {
            return error.getClass().getName() + " (its stack trace cannot be printed: "
                    + e.getClass().getName() + ")";
        }
        return shorten(withoutOwnFrames(text.toString()));
    }

    /** Returns an exception as the error of an attempt. */
    public static TaskRunError.BuiltIn toError(Throwable error) {
        return new TaskRunError.BuiltIn(error.getClass().getName(), message(error), of(error));
    }

    /** Returns the message of an exception, empty where it has none or cannot say it. */
    public static String message(Throwable error) {
        try {
            String message = error.getMessage();
            return message == null ? "" : shorten(message);
        } catch (RuntimeException | StackOverflowError e) {
            return "";
        }
    }

    private static String withoutOwnFrames(String trace) {
        StringBuilder kept = new StringBuilder(trace.length());
        trace.lines()
                .filter(line -> !line.startsWith("\tat dev.runyard.sdk.internal.")
                        && !line.startsWith("\tat dev.runyard.runner."))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString().stripTrailing();
    }

    private static String shorten(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, LONGEST) + "\n… " + (text.length() - LONGEST) + " more characters";
    }
}
