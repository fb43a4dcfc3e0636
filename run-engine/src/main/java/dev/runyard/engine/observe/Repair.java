package dev.runyard.engine.observe;

import java.util.Locale;

/// What the engine puts right: the kinds of `runyard.engine.repairs`.
public enum Repair {
    REBUILD("Redis was filled from the database"),
    OUTBOX("Redis was told of a change that its own process did not tell it"),
    LEASE("a claim that nobody confirmed in time went back to its queue"),
    CLAIM("a claim of a run that had moved on was undone"),
    ANSWER("a commit whose answer was lost was found to have happened"),
    WAIT("a run whose waits were over was let go on"),
    SCHEDULE("an armed schedule had no timer"),
    READY("a run that waits was missing in Redis"),
    MEMBER("Redis had a run waiting that does not wait"),
    SLOT("a run that holds a slot held none in Redis"),
    HOLDER("Redis let a run hold a slot that holds none"),
    COUNTER("a count of slots in Redis was wrong"),
    INDEX("a queue or environment that may start a run was not in the index of those"),
    LIMIT("a limit or pause in Redis was not the one in force");

    private final String meaning;

    Repair(String meaning) {
        this.meaning = meaning;
    }

    /// Returns the value of the tag.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }
}
