package dev.runyard.webapp.session.oidc;

import java.util.Map;
import java.util.Objects;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/// An identity provider whose description of itself was read.
///
/// @param registration its addresses, and how it knows this server
/// @param verifier redeems codes and checks what comes back
record Provider(ClientRegistration registration, AuthenticationProvider verifier) {

    /// Returns where a browser asks for somebody's identity.
    String address(AttemptSecret secret) {
        return request(secret).getAuthorizationRequestUri();
    }

    /// Redeems a code and returns whom the provider names. The token must be signed by one of its keys, be meant for
    /// this server, be valid now and carry the nonce of this sign-in.
    OidcUser redeem(AttemptSecret secret, String code) {
        OAuth2AuthorizationResponse answer = OAuth2AuthorizationResponse.success(code)
                .redirectUri(returnAddress())
                .state(secret.state())
                .build();
        Authentication verified = verifier.authenticate(new OAuth2LoginAuthenticationToken(
                registration, new OAuth2AuthorizationExchange(request(secret), answer)));
        if (verified == null || !(verified.getPrincipal() instanceof OidcUser user)) {
            throw new IllegalStateException("the answer names nobody");
        }
        return user;
    }

    private String returnAddress() {
        return Objects.requireNonNull(registration.getRedirectUri());
    }

    /// The request is the same before and after: all of it follows from the secret.
    private OAuth2AuthorizationRequest request(AttemptSecret secret) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(registration.getClientId())
                .authorizationUri(Objects.requireNonNull(
                        registration.getProviderDetails().getAuthorizationUri(), "no authorization_endpoint"))
                .redirectUri(returnAddress())
                .scopes(registration.getScopes())
                .state(secret.state())
                .attributes(attributes -> attributes.putAll(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId(),
                        OidcParameterNames.NONCE, secret.nonce(),
                        PkceParameterNames.CODE_VERIFIER, secret.verifier())))
                .additionalParameters(Map.of(
                        OidcParameterNames.NONCE, AttemptSecret.hashed(secret.nonce()),
                        PkceParameterNames.CODE_CHALLENGE, AttemptSecret.hashed(secret.verifier()),
                        PkceParameterNames.CODE_CHALLENGE_METHOD, "S256"))
                .build();
    }
}
