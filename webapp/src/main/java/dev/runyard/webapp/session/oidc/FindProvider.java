package dev.runyard.webapp.session.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.webapp.config.AppProperties;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/// Finds the identity provider by its issuer. That happens when somebody wants to sign in, not at start: a provider
/// that
/// is down then must not keep the server from starting, and is asked again by the next one who wants to.
@Component
class FindProvider {
    private static final String DESCRIPTION = "/.well-known/openid-configuration";
    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    private final OidcProperties properties;
    private final String returnAddress;
    private final InstantSource clock;
    private final Cache<String, Provider> known;

    FindProvider(OidcProperties properties, AppProperties app, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
        this.returnAddress = app.url() + OidcController.ROOT + OidcController.RETURN;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(properties.metadataLifetime())
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .build();
    }

    /// Returns the provider, and reads its description where that is not known yet.
    Provider find() {
        String issuer = properties.issuer();
        if (issuer == null) {
            throw new RefusedSignInException(Refusal.NOT_OFFERED, "runyard.oidc.issuer is not set");
        }
        Provider found = known.getIfPresent(issuer);
        if (found == null) {
            found = discover(issuer);
            known.put(issuer, found);
        }
        return found;
    }

    private Provider discover(String issuer) {
        URI address = URI.create(issuer.replaceAll("/+$", "") + DESCRIPTION);
        ProviderCalls calls = new ProviderCalls(properties.timeout(), clock);
        try {
            Map<String, Object> description = Objects.requireNonNull(
                    calls.http().exchange(address, HttpMethod.GET, null, OBJECT).getBody(), "the description is empty");
            if (!issuer.equals(description.get("issuer"))) {
                throw new IllegalArgumentException("it calls itself " + description.get("issuer")
                        + ", and runyard.oidc.issuer must be exactly that");
            }
            ClientRegistration registration = register(description);
            return new Provider(registration, calls.verifier(registration));
        } catch (RestClientException e) {
            throw new RefusedSignInException(
                    Refusal.PROVIDER_UNREACHABLE, "no description at " + address + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new RefusedSignInException(
                    Refusal.PROVIDER_FAILED, "wrong description at " + address + ": " + e.getMessage(), e);
        }
    }

    private ClientRegistration register(Map<String, Object> description) {
        return ClientRegistrations.fromOidcConfiguration(description)
                .registrationId("oidc")
                .clientId(Objects.requireNonNull(properties.clientId()))
                .clientSecret(Objects.requireNonNull(properties.clientSecret()).value())
                .scope(properties.scopes())
                .redirectUri(returnAddress)
                .build();
    }
}
