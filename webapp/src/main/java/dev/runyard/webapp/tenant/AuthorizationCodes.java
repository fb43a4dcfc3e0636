package dev.runyard.webapp.tenant;

import dev.runyard.webapp.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets a tool get a personal token without its user typing one: the tool shows a code, its user confirms the code in
/// the dashboard, and the tool fetches the token, once.
@Component
public class AuthorizationCodes {
    private static final int CHARACTERS = 40;
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final AuthorizationCodeRepository codes;
    private final PersonalTokens tokens;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    AuthorizationCodes(
            AuthorizationCodeRepository codes,
            PersonalTokens tokens,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.codes = codes;
        this.tokens = tokens;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Makes a code.
    public String create() {
        String code = RandomText.of(CHARACTERS);
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            codes.delete(new byte[0], now);
            codes.save(new AuthorizationCode(Hashes.sha256(code), now, now.plus(LIFETIME)));
        });
        return code;
    }

    /// Says that a person wants the tool of a code to act for them; false where the code is unknown, used or too old.
    public boolean confirm(String code, UUID user) {
        return Boolean.TRUE.equals(
                transactions.execute(_ -> codes.confirm(Hashes.sha256(code), user, clock.instant()) == 1));
    }

    /// Makes the token of a confirmed code and forgets the code; empty as long as nobody confirmed it.
    public Optional<Secret> redeem(String code) {
        byte[] hash = Hashes.sha256(code);
        return transactions.execute(_ -> codes.confirmedBy(hash, clock.instant())
                .map(user -> {
                    codes.delete(hash, clock.instant());
                    return tokens.create(UUID.fromString(user), "command line");
                }));
    }
}
