package dev.runyard.webapp.auth;

import java.util.Optional;

/// Tells scopes from other texts.
public final class ScopeCheck {
    private static final int MAX_LENGTH = 512;

    private ScopeCheck() {}

    /// Tells whether a text is a scope that a key may be given.
    public static boolean isSound(String text) {
        return text != null
                && text.length() <= MAX_LENGTH
                && text.chars().noneMatch(Character::isISOControl)
                && Optional.of(text).flatMap(Scope::parse).isPresent();
    }
}
