package dev.runyard.webapp.auth;

import org.jspecify.annotations.Nullable;

/// What a request is about, in the words of a token's scopes.
///
/// @param type such as `runs`
/// @param id which one, absent for all
public record Resource(String type, @Nullable String id) {
    /// All things of a type.
    public static Resource all(String type) {
        return new Resource(type, null);
    }

    /// One thing.
    public static Resource of(String type, String id) {
        return new Resource(type, id);
    }
}
