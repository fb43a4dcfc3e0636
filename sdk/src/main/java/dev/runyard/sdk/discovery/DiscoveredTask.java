package dev.runyard.sdk.discovery;

import dev.runyard.sdk.Task;

/**
 * A task and the field that defines it.
 *
 * @param task the task
 * @param className name of the class
 * @param fieldName name of the field
 */
public record DiscoveredTask(Task<?, ?> task, String className, String fieldName) {

    /** Returns the place for people: {@code com.example.Greeting.GREET}. */
    public String place() {
        return className.replace('$', '.') + "." + fieldName;
    }

    /** Returns the path of the source file, as far as the class's name tells it. */
    public String filePath() {
        int nested = className.indexOf('$');
        String outer = nested < 0 ? className : className.substring(0, nested);
        return outer.replace('.', '/') + ".java";
    }
}
