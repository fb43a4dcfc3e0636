package dev.runyard.webapp.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a list that is walked with cursors.
///
/// @param data what is on it
/// @param pagination where to go on
public record CursorPage<T>(List<T> data, Pagination pagination) {
    /// @param next cursor for older things
    /// @param previous cursor for newer things
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pagination(
            @Nullable String next, @Nullable String previous) {}

    /// Makes a page; cursors are written as their text.
    public static <T> CursorPage<T> of(List<T> data, @Nullable Object next, @Nullable Object previous) {
        return new CursorPage<>(data, new Pagination(text(next), text(previous)));
    }

    private static @Nullable String text(@Nullable Object cursor) {
        return cursor == null ? null : cursor.toString();
    }
}
