package dev.runyard.webapp.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Public tokens: what a browser may hold. Signed with the secret key of their environment, by the server or by the
/// official client itself; issuer and audience are constants of that client.
@Component
public class PublicTokens {
    private static final String ISSUER = "https://id.trigger.dev";
    private static final String AUDIENCE = "https://api.trigger.dev";
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final TenantDirectory tenants;
    private final JsonMapper json;
    private final InstantSource clock;

    PublicTokens(TenantDirectory tenants, JsonMapper json, InstantSource clock) {
        this.tenants = tenants;
        this.json = json;
        this.clock = clock;
    }

    /// What a token says.
    ///
    /// @param sub environment
    /// @param pub always true
    /// @param scopes permissions
    /// @param otu whether it may be used once only
    /// @param iss who issued it
    /// @param aud who it is for
    /// @param iat when it was issued, in seconds
    /// @param exp when it ends, in seconds
    /// @param realtime what subscriptions leave out
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Claims(
            @Nullable String sub,
            @Nullable Boolean pub,
            @Nullable List<String> scopes,
            @Nullable Boolean otu,
            @Nullable String iss,
            @Nullable String aud,
            @Nullable Long iat,
            @Nullable Long exp,
            @Nullable Realtime realtime) {
        private static final long YEAR_9999 = 253_402_300_799L;

        /// Returns when the token ends; one that names no end has ended long ago.
        public Instant expiresAt() {
            return Instant.ofEpochSecond(exp == null ? 0 : Math.clamp(exp, 0, YEAR_9999));
        }
    }

    /// @param skipColumns columns that subscriptions leave out
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Realtime(@Nullable List<String> skipColumns) {}

    /// What became of a token.
    sealed interface Verdict {
        record Valid(TenantEnvironment environment, Claims claims) implements Verdict {}

        /// @param sentence why, for the caller
        record Refused(String sentence) implements Verdict {}
    }

    /// Makes a token of an environment.
    public String sign(TenantEnvironment environment, List<String> scopes, Duration lifetime) {
        return sign(environment, new Order(scopes, clock.instant().plus(lifetime), false, null));
    }

    /// A token to make.
    ///
    /// @param scopes what it permits
    /// @param expiresAt when it ends
    /// @param oneTimeUse whether it may be used once only
    /// @param realtime what its subscriptions leave out
    public record Order(
            List<String> scopes,
            Instant expiresAt,
            boolean oneTimeUse,
            @Nullable Realtime realtime) {}

    /// Makes a token of an environment.
    public String sign(TenantEnvironment environment, Order order) {
        Claims claims = new Claims(
                environment.id().toString(),
                true,
                order.scopes(),
                order.oneTimeUse() ? true : null,
                ISSUER,
                AUDIENCE,
                clock.instant().getEpochSecond(),
                order.expiresAt().getEpochSecond(),
                order.realtime());
        return Jwt.sign(json.writeValueAsString(claims), environment.secretKey().value());
    }

    /// Tells whether a credential claims to be a public token.
    boolean isPublicToken(String credential) {
        return Jwt.parse(credential)
                .flatMap(this::claims)
                .filter(claims -> Boolean.TRUE.equals(claims.pub()))
                .isPresent();
    }

    Verdict verify(String token) {
        Optional<Jwt.Parts> parts = Jwt.parse(token);
        Optional<Claims> claims = parts.flatMap(this::claims);
        if (parts.isEmpty() || claims.isEmpty()) {
            return new Verdict.Refused("Public Access Token is invalid");
        }
        Optional<TenantEnvironment> environment = environment(claims.get());
        if (environment.isEmpty()
                || !parts.get().header().contains("\"HS256\"")
                || !isSigned(parts.get(), environment.get())) {
            return new Verdict.Refused("Public Access Token is invalid");
        }
        if (!ISSUER.equals(claims.get().iss()) || !AUDIENCE.equals(claims.get().aud())) {
            return new Verdict.Refused("Public Access Token is invalid");
        }
        if (claims.get().expiresAt().plus(CLOCK_TOLERANCE).isBefore(clock.instant())) {
            return new Verdict.Refused("Public Access Token has expired");
        }
        return new Verdict.Valid(environment.get(), claims.get());
    }

    private boolean isSigned(Jwt.Parts parts, TenantEnvironment environment) {
        return tenants.signingKeys(environment).stream().anyMatch(key -> parts.isSignedWith(key.value()));
    }

    private Optional<TenantEnvironment> environment(Claims claims) {
        try {
            return claims.sub() == null ? Optional.empty() : tenants.findEnvironment(EnvironmentId.parse(claims.sub()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<Claims> claims(Jwt.Parts parts) {
        try {
            return Optional.ofNullable(json.readValue(parts.payload(), Claims.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
