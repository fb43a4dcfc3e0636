package dev.runyard.webapp.api.waitpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.engine.waitpoint.WaitpointFilter.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token as the API shows it. Lists leave its output out.
///
/// @param url where it is completed without a key
/// @param status `WAITING`, `COMPLETED` or `TIMED_OUT`
/// @param timeoutAt when it times out
/// @param output serialized output
/// @param outputType its media type
/// @param outputIsError whether the wait failed
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenItem(
        String id,
        String url,
        String status,
        @Nullable Instant completedAt,
        @Nullable Instant timeoutAt,
        @Nullable String idempotencyKey,
        @Nullable Instant idempotencyKeyExpiresAt,
        List<String> tags,
        Instant createdAt,
        @Nullable String output,
        @Nullable String outputType,
        @Nullable Boolean outputIsError) {

    static TokenItem inList(Waitpoint token, String url) {
        return of(token, url, false);
    }

    static TokenItem full(Waitpoint token, String url) {
        return of(token, url, token.isCompleted());
    }

    private static TokenItem of(Waitpoint token, String url, boolean withOutput) {
        return new TokenItem(
                token.id().toString(),
                url,
                state(token).name(),
                token.completedAt(),
                token.dueAt(),
                token.idempotencyKey(),
                token.keyExpiresAt(),
                token.tags(),
                token.createdAt(),
                withOutput ? token.output().text() : null,
                withOutput ? token.output().type() : null,
                withOutput ? token.output().isError() : null);
    }

    private static State state(Waitpoint token) {
        if (!token.isCompleted()) {
            return State.WAITING;
        }
        return token.output().isError() ? State.TIMED_OUT : State.COMPLETED;
    }
}
