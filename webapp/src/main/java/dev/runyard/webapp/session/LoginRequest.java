package dev.runyard.webapp.session;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/dashboard/v1/login`.
///
/// @param token the part of a login link that signs in
record LoginRequest(@Nullable String token) {
    @Override
    public String toString() {
        return "LoginRequest[***]";
    }
}
