package dev.runyard.webapp.session.oidc;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// How this server calls an identity provider: with a limit of time, and without following redirects.
final class ProviderCalls {
    private final JdkClientHttpRequestFactory requests;
    private final RestTemplate http;
    private final Clock clock;

    ProviderCalls(Duration timeout, InstantSource clock) {
        this.requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(timeout).build());
        this.requests.setReadTimeout(timeout);
        this.http = new RestTemplate(requests);
        this.clock = clock.withZone(ZoneOffset.UTC);
    }

    RestTemplate http() {
        return http;
    }

    /// Returns what redeems the provider's codes and checks its tokens.
    AuthenticationProvider verifier(ClientRegistration registration) {
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        userInfo.setRestOperations(http);
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(userInfo);
        JwtDecoder decoder = decoder(registration);
        OidcAuthorizationCodeAuthenticationProvider verifier =
                new OidcAuthorizationCodeAuthenticationProvider(codes(), users);
        verifier.setJwtDecoderFactory(_ -> decoder);
        return verifier;
    }

    private RestClientAuthorizationCodeTokenResponseClient codes() {
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .disableDefaults()
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new StringHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return codes;
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri(), "no jwks_uri"))
                .restOperations(http)
                .jwsAlgorithms(algorithms -> algorithms.addAll(algorithms(registration)))
                .build();
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setClock(clock);
        OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
        claims.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, claims));
        return decoder;
    }

    /// Takes the signatures that the provider says it makes, where they are by a key pair: what a shared secret signs,
    /// or nobody, is not taken.
    private static List<SignatureAlgorithm> algorithms(ClientRegistration registration) {
        Object supported = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        List<SignatureAlgorithm> algorithms = (supported instanceof Collection<?> names ? names.stream() : Stream.of())
                .map(name -> SignatureAlgorithm.from(name.toString()))
                .filter(Objects::nonNull)
                .toList();
        return algorithms.isEmpty() ? List.of(SignatureAlgorithm.RS256) : algorithms;
    }
}
