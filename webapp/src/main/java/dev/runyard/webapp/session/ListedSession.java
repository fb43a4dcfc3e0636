package dev.runyard.webapp.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A session as its owner sees it.
///
/// @param id by which it is ended; nobody signs in with it
/// @param createdAt when it began
/// @param lastSeenAt its last use, to a minute
/// @param expiresAt when it ends by itself
/// @param userAgent what the browser says of itself
/// @param address its network address
/// @param isCurrent whether it is the one that asks
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListedSession(
        UUID id,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        @Nullable String userAgent,
        @Nullable String address,
        boolean isCurrent) {}
