package dev.runyard.webapp.auth;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Tokens by which a run proves which run it is, so that task code can speak for no other.
@Component
public class RunTokens {
    private static final String ISSUER = "runyard-run";

    private final ServerKeys keys;
    private final AuthProperties properties;
    private final JsonMapper json;
    private final InstantSource clock;

    RunTokens(ServerKeys keys, AuthProperties properties, JsonMapper json, InstantSource clock) {
        this.keys = keys;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    private record Claims(
            @Nullable String iss,
            @Nullable String sub,
            @Nullable String env,
            @Nullable Long exp) {}

    /// Makes the token of a run.
    public String mint(RunIdentity run) {
        Claims claims = new Claims(
                ISSUER,
                run.run().toString(),
                run.environment().toString(),
                clock.instant().plus(properties.runTokenLifetime()).getEpochSecond());
        return Jwt.sign(json.writeValueAsString(claims), keys.runTokenKeys().getFirst());
    }

    /// Returns the run that a token was made for; empty where the token is not ours or too old.
    public Optional<RunIdentity> verify(String token) {
        return Jwt.parse(token)
                .filter(parts -> keys.runTokenKeys().stream().anyMatch(parts::isSignedWith))
                .flatMap(this::identity);
    }

    private Optional<RunIdentity> identity(Jwt.Parts parts) {
        try {
            Claims claims = json.readValue(parts.payload(), Claims.class);
            if (!ISSUER.equals(claims.iss())
                    || claims.sub() == null
                    || claims.env() == null
                    || claims.exp() == null
                    || Instant.ofEpochSecond(claims.exp()).isBefore(clock.instant())) {
                return Optional.empty();
            }
            return Optional.of(new RunIdentity(RunId.parse(claims.sub()), EnvironmentId.parse(claims.env())));
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
