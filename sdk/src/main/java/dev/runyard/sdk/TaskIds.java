package dev.runyard.sdk;

/** What a task may be called. */
final class TaskIds {
    private static final int MAX_LENGTH = 128;

    private TaskIds() {}

    static String check(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a task needs an id");
        }
        if (id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a task's id has at most %d characters: %s".formatted(MAX_LENGTH, id));
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a task's id has no control characters: " + id);
        }
        return id;
    }
}
