package dev.runyard.sdk;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data of a run that the task writes and the dashboard and the API show while it executes. Changes are sent once a
 * second, before a wait and at the end of an attempt. Thread-safe.
 *
 * <p>A key that begins with {@code $.} is a path into the document, such as {@code $.user.name}; any other is a member
 * of it. Values are anything that can be written as JSON.
 */
public interface Metadata {

    /** Assigns a value. */
    Metadata set(String key, @Nullable Object value);

    /** Removes a member. */
    Metadata delete(String key);

    /** Adds to a list; a list is made where there is none. */
    Metadata append(String key, @Nullable Object value);

    /** Removes all equal elements of a list. */
    Metadata remove(String key, @Nullable Object value);

    /** Adds to a number; what is no number counts as 0. */
    Metadata increment(String key, double by);

    /** Adds 1 to a number. */
    default Metadata increment(String key) {
        return increment(key, 1);
    }

    /** Subtracts from a number. */
    default Metadata decrement(String key, double by) {
        return increment(key, -by);
    }

    /** Replaces the whole document. */
    Metadata replace(Map<String, ?> document);

    /** Returns a member as it is known here: of this run only, and without what other runs wrote meanwhile. */
    Optional<Object> get(String key);

    /** Returns the document as it is known here. */
    Map<String, Object> current();

    /** Sends what was not sent yet. */
    void flush();

    /** Returns the data of the run that triggered this one; of this run where none did. It can only be written. */
    Changes parent();

    /** Returns the data of the first run of the tree; of this run where it is the first. It can only be written. */
    Changes root();

    /** Changes to the data of another run. */
    interface Changes {
        /** Assigns a value. */
        Changes set(String key, @Nullable Object value);

        /** Removes a member. */
        Changes delete(String key);

        /** Adds to a list. */
        Changes append(String key, @Nullable Object value);

        /** Removes all equal elements of a list. */
        Changes remove(String key, @Nullable Object value);

        /** Adds to a number. */
        Changes increment(String key, double by);
    }
}
