package dev.runyard.webapp.session;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/dashboard/v1/login`: either a token, or an address with its password.
///
/// @param token the part of a login link that signs in
/// @param email whose password it is
/// @param password itself
record LoginRequest(
        @Nullable String token,
        @Nullable String email,
        @Nullable String password) {
    @Override
    public String toString() {
        return "LoginRequest[***]";
    }
}
