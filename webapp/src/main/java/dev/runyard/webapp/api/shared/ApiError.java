package dev.runyard.webapp.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of every error of the public API.
///
/// @param error the sentence that a caller reads
/// @param issues what is wrong with the body
/// @param details what is wrong with the path, the query or the headers
/// @param code kind of refusal
/// @param param what was insufficient
/// @param type area of the refusal
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiError(
        String error,
        @Nullable List<Issue> issues,
        @Nullable List<Issue> details,
        @Nullable String code,
        @Nullable String param,
        @Nullable String type) {

    public static ApiError of(String error) {
        return new ApiError(error, null, null, null, null, null);
    }

    static ApiError body(String error, Issue issue) {
        return new ApiError(error, List.of(issue), null, null, null, null);
    }

    static ApiError request(String error, Issue issue) {
        return new ApiError(error, null, List.of(issue), null, null, null);
    }

    static ApiError notPermitted() {
        return new ApiError("Unauthorized", null, null, "unauthorized", "access_token", "authorization");
    }

    /// One thing that is wrong.
    ///
    /// @param code kind of mistake
    /// @param path where it is
    /// @param message what is wrong and how to mend it
    public record Issue(String code, List<String> path, String message) {}
}
