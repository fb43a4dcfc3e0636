package dev.runyard.webapp.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Personal access tokens. The official tools take a text of this form only.
@Component
public class PersonalTokens {
    /// What every personal token begins with.
    public static final String PREFIX = "tr_pat_";

    private static final String ALPHABET = "123456789abcdefghijkmnopqrstuvwxyz";
    private static final int CHARACTERS = 40;

    private final PersonalTokenRepository tokens;
    private final AppUserRepository users;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    PersonalTokens(PersonalTokenRepository tokens, AppUserRepository users, InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A token without what is secret of it.
    ///
    /// @param id of the token
    /// @param name what its owner called it
    /// @param lastFour its last characters
    /// @param createdAt when it was made
    /// @param revokedAt when it was revoked
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(
            UUID id,
            String name,
            String lastFour,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    /// Makes a token; nobody can read it again.
    public Secret create(UUID user, String name) {
        String token = PREFIX + RandomText.of(CHARACTERS, ALPHABET);
        tokens.save(new PersonalToken(ids.next(), user, name, token, clock.instant()));
        return new Secret(token);
    }

    /// Finds whose token it is.
    public Optional<Person> find(String token) {
        return tokens.findByTokenHash(Hashes.sha256(token))
                .filter(found -> found.isValidAt(clock.instant()))
                .flatMap(found -> users.findById(found.userId()))
                .map(AppUser::person);
    }

    /// Lists a person's tokens, the oldest first.
    public List<Listed> list(UUID user) {
        return tokens.findByUserIdOrderByCreatedAt(user).stream()
                .map(PersonalToken::listed)
                .toList();
    }

    /// Ends a token of a person; false where they have none of this id.
    public boolean revoke(UUID user, UUID id) {
        Optional<PersonalToken> found = tokens.findByIdAndUserId(id, user);
        found.ifPresent(token -> {
            token.revoke(clock.instant());
            tokens.save(token);
        });
        return found.isPresent();
    }
}
