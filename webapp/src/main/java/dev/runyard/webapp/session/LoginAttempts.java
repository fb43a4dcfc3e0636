package dev.runyard.webapp.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// Counts tries to sign in per address and minute. Tokens cannot be guessed; this keeps a guesser from loading the
/// database.
@Component
public class LoginAttempts {
    private static final int MAX_ADDRESSES = 10_000;

    private final int limit;
    private final Cache<String, AtomicInteger> tries = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    LoginAttempts(SessionProperties properties) {
        this.limit = properties.maxLoginsPerMinute();
    }

    /// Counts a try; false where the address has used up its tries.
    public boolean allow(String address) {
        return tries.get(address, _ -> new AtomicInteger()).incrementAndGet() <= limit;
    }
}
