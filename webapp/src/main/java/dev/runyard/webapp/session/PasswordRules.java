package dev.runyard.webapp.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/// What a password must be, and how it is kept: by bcrypt, which reads 72 bytes.
@Component
class PasswordRules {
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder;
    private final int minLength;
    /// Made when it is first needed: it takes as long as a sign-in.
    private volatile @Nullable String nobodys;

    PasswordRules(SessionProperties properties) {
        this.encoder = new BCryptPasswordEncoder(properties.passwordStrength());
        this.minLength = properties.minPasswordLength();
    }

    /// Returns what is wrong with a new password.
    Optional<String> problem(String password) {
        if (password.codePointCount(0, password.length()) < minLength) {
            return Optional.of("A password must have at least " + minLength + " characters.");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("A password must have at most " + MAX_BYTES + " bytes.");
        }
        return Optional.empty();
    }

    String encode(String password) {
        return String.valueOf(encoder.encode(password));
    }

    /// Compares a password with what is kept of it. Where nothing is kept it takes as long, so that nobody learns who
    /// has an account.
    boolean matches(String password, Optional<String> kept) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return false;
        }
        boolean isRight = encoder.matches(password, kept.orElseGet(this::nobodys));
        return isRight && kept.isPresent();
    }

    private String nobodys() {
        String known = nobodys;
        if (known == null) {
            known = encode("no account has this password");
            nobodys = known;
        }
        return known;
    }
}
