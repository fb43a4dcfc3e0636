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

/// Tokens of organizations: for machines that deploy, and for as long as the organization wants.
@Component
public class OrganizationTokens {
    /// What every token of an organization begins with.
    public static final String PREFIX = "tr_oat_";

    private static final int CHARACTERS = 40;

    private final OrganizationTokenRepository tokens;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    OrganizationTokens(OrganizationTokenRepository tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A token to make.
    ///
    /// @param name what people call it
    /// @param expiresAt when it ends
    /// @param createdBy who makes it
    public record Order(String name, @Nullable Instant expiresAt, UUID createdBy) {}

    /// A token that was made.
    ///
    /// @param token itself, which nobody can read again
    public record Made(UUID id, Secret token) {}

    /// Who holds a token.
    ///
    /// @param id of the token
    /// @param organization what it opens
    /// @param name what people call it
    public record Holder(UUID id, UUID organization, String name) {}

    /// A token without what is secret of it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(
            UUID id,
            String name,
            String lastFour,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}

    /// Makes a token; nobody can read it again.
    public Made create(UUID organization, Order order) {
        String token = PREFIX + RandomText.of(CHARACTERS);
        UUID id = ids.next();
        tokens.save(new OrganizationToken(id, organization, order, token, clock.instant()));
        return new Made(id, new Secret(token));
    }

    /// Finds what a token opens.
    public Optional<Holder> find(String token) {
        return tokens.findByTokenHash(Hashes.sha256(token))
                .filter(found -> found.isValidAt(clock.instant()))
                .map(OrganizationToken::holder);
    }

    /// Lists an organization's tokens, the oldest first.
    public List<Listed> list(UUID organization) {
        return tokens.findByOrganizationIdOrderByCreatedAt(organization).stream()
                .map(OrganizationToken::listed)
                .toList();
    }

    /// Ends a token; false where the organization has none of this id.
    public boolean revoke(UUID organization, UUID id) {
        Optional<OrganizationToken> found = tokens.findByIdAndOrganizationId(id, organization);
        found.ifPresent(token -> {
            token.revoke(clock.instant());
            tokens.save(token);
        });
        return found.isPresent();
    }
}
