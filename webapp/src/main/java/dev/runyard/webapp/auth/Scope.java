package dev.runyard.webapp.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One permission of a public token, such as `read:runs:run_…`: an action on a type, or on one thing of that type.
///
/// @param action such as `read`; `*` is any
/// @param type such as `runs`; `all` is any
/// @param id the only thing that it is about, absent for all of the type
record Scope(String action, String type, @Nullable String id) {
    private static final int PARTS = 3;

    /// Reads a scope; empty where it follows no known form, which then permits nothing. An id may hold colons.
    static Optional<Scope> parse(String text) {
        if (text.equals("admin")) {
            return Optional.of(new Scope("*", "all", null));
        }
        String[] parts = text.split(":", PARTS);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Scope(parts[0], parts[1], parts.length == PARTS ? parts[2] : null));
    }

    boolean permits(String wantedAction, Resource resource) {
        return (action.equals(wantedAction) || action.equals("*"))
                && (type.equals(resource.type()) || type.equals("all"))
                && (id == null || id.equals(resource.id()));
    }
}
